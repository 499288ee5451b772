import { StorefrontPreviews } from '@renderer/themes';
import { PreviewTokens } from '../src/previews/preview-tokens.service';
import { aTheme } from './theme.builder';
import { type ThemesLab, openThemesLab } from './themes-lab';

describe('previews of versions that are not live', () => {
  let themes: ThemesLab;
  let call: ThemesLab['call'];
  let versionId: string;
  let themeId: string;

  beforeAll(async () => {
    themes = await openThemesLab();
    ({ call } = themes);
    ({ versionId, id: themeId } = (await themes.upload(aTheme())).body);
  });
  afterAll(() => themes.lab.close());

  const find = (token: string, storeId = themes.merchant.storeId) =>
    themes.lab.app.get(StorefrontPreviews, { strict: false }).find(storeId, token);

  it('opens one, with a link on the store’s own name', async () => {
    const opened = await call('POST /theme-previews', {
      themeVersionId: versionId,
      expiresIn: 600,
    });
    expect(opened.status).toBe(201);
    const { token, url, origin, expiresAt, createdAt } = opened.body;
    expect(opened.body).toMatchObject({ themeId, themeVersionId: versionId, n: 1 });
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(600_000);
    expect(origin).toMatch(new RegExp(`^http://${themes.merchant.handle}\\.localhost(:\\d+)?$`));
    expect(new URL(url).searchParams.get('token')).toBe(token);
    expect(await find(token)).toMatchObject({ versionId, n: 1, themeName: 'Plain' });
  });

  it('tells the token once', async () => {
    const list = await call('GET /theme-previews');
    expect(list.status).toBe(200);
    expect(list.body.items.length).toBeGreaterThan(0);
    expect(list.body.items[0]).toMatchObject({ themeVersionId: versionId, themeName: 'Plain' });
    expect(list.text).not.toContain('~');
  });

  it('has no use for a token of another store, a changed one, or one that has ended', async () => {
    const { token, previewId } = (await call('POST /theme-previews', { expiresIn: 60 })).body;
    expect(await find(token)).toMatchObject({ versionId: null });
    const other = await themes.lab.aMerchant();
    expect(await find(token, other.storeId)).toBeNull();
    const [id, end, signature] = token.split('~');
    expect(await find([id, Number(end) + 1, signature].join('~'))).toBeNull();
    expect(await find([id, end, `${signature.slice(0, -1)}_`].join('~'))).toBeNull();
    expect(await find('')).toBeNull();
    const past = { previewId, expiresAt: new Date(Date.now() - 1_000) };
    const signer = themes.lab.app.get(PreviewTokens, { strict: false });
    expect(await find(signer.sign(themes.merchant.storeId, past))).toBeNull();
    expect((await call(`DELETE /theme-previews/${previewId}`)).status).toBe(204);
  });

  it('ends one when somebody says so', async () => {
    const { token, previewId } = (await call('POST /theme-previews', {})).body;
    expect(await find(token)).not.toBeNull();
    expect((await call(`DELETE /theme-previews/${previewId}`)).status).toBe(204);
    expect(await find(token)).toBeNull();
    const again = await call(`DELETE /theme-previews/${previewId}`);
    expect([again.status, again.body.code]).toEqual([404, 'themes.preview-not-found']);
  });

  it('refuses what it cannot show, and more than a hundred', async () => {
    const nothing = await call('POST /theme-previews', {
      themeVersionId: '00000000-0000-7000-8000-000000000000',
    });
    expect([nothing.status, nothing.body.errors[0].field]).toEqual([404, 'themeVersionId']);
    const long = await call('POST /theme-previews', { expiresIn: 10_000_000 });
    expect([long.status, long.body.errors[0].field]).toEqual([422, 'expiresIn']);
    let last = await call('POST /theme-previews', {});
    for (let i = 0; i < 101 && last.status === 201; i += 1) {
      last = await call('POST /theme-previews', {});
    }
    expect([last.status, last.body.code]).toEqual([409, 'themes.too-many-previews']);
  });

  it('asks for the right to edit themes', async () => {
    const { token } = themes.merchant;
    const made = await themes.lab.call('POST /account/api-tokens', {
      token,
      body: { name: 'looks', scopes: ['themes.view', 'store.view'] },
    });
    const looker = { ...themes.merchant, token: made.body.secret as string };
    expect((await call('GET /theme-previews', undefined, looker)).status).toBe(200);
    expect((await call('POST /theme-previews', {}, looker)).status).toBe(403);
  });
});
