import { StorefrontPreviews } from '@renderer/themes';
import { ThemeProblems } from '../src/problems/theme-problems.service';
import { aTheme } from './theme.builder';
import { type ThemesLab, openThemesLab } from './themes-lab';

interface Uploaded {
  id: string;
  versionId: string;
}

describe('renaming and deleting a theme', () => {
  let themes: ThemesLab;
  let call: ThemesLab['call'];

  const upload = async (css: string, query = ''): Promise<Uploaded> =>
    (await themes.upload(aTheme({ 'assets/base.css': css }), { query })).body;
  const send = (route: string, headers: Record<string, string>, body?: unknown) => {
    const [method, path] = route.split(' ');
    const { storeId, token } = themes.merchant;
    return themes.lab.call(`${method} /stores/${storeId}${path}`, { token, headers, body });
  };
  const read = <T>(sql: string, params: unknown[] = []) =>
    themes.lab.db.read(themes.merchant.storeId, (store) => store.query<T & object>(sql, params));

  beforeAll(async () => {
    themes = await openThemesLab();
    ({ call } = themes);
  });
  afterAll(() => themes.lab.close());

  it('gives it another name, which its next version leaves alone', async () => {
    const { id } = await upload('a { color: red }');
    const before = (await call(`GET /themes/${id}`)).body;
    const renamed = await call(`PATCH /themes/${id}`, {
      name: '  Winter ',
      version: before.version,
    });
    expect([renamed.status, renamed.body]).toMatchObject([
      200,
      { id, name: 'Winter', version: before.version + 1 },
    ]);
    expect((await upload('a { color: lime }', `?themeId=${id}`)).id).toBe(id);
    expect((await call(`GET /themes/${id}`)).body.name).toBe('Winter');
    const again = await call(`PATCH /themes/${id}`, { name: 'Winter' });
    expect(again.body.version).toBe(before.version + 2);
    const audit = await read(`SELECT before, after FROM audit_log WHERE action = 'theme.renamed'`);
    expect(audit).toEqual([{ before: { name: 'Plain' }, after: { name: 'Winter' } }]);
  });

  it('refuses a name that is none, and a change of what somebody else has changed', async () => {
    const { id } = await upload('a { color: teal }');
    for (const name of ['', '   ', 'x'.repeat(201)])
      expect((await call(`PATCH /themes/${id}`, { name })).status).toBe(422);
    const { version } = (await call(`GET /themes/${id}`)).body;
    await call(`PATCH /themes/${id}`, { name: 'Theirs' });
    const mine = await call(`PATCH /themes/${id}`, { name: 'Mine', version });
    expect([mine.status, mine.body.code]).toEqual([409, 'http.version-conflict']);
    const tag = { 'if-match': `"v${version}"` };
    expect((await send(`PATCH /themes/${id}`, tag, { name: 'Mine' })).status).toBe(412);
    const gone = await send(`DELETE /themes/${id}`, tag);
    expect([gone.status, gone.body.code]).toEqual([412, 'http.version-mismatch']);
    const seen = await send(`GET /themes/${id}`, {});
    expect(seen.body.name).toBe('Theirs');
    const now = { 'if-match': String(seen.headers['etag']) };
    expect((await send(`DELETE /themes/${id}`, now)).status).toBe(204);
  });

  it('takes versions, files, problems and previews along, and is gone the second time', async () => {
    const { id, versionId } = await upload('a { color: blue }');
    const { id: live } = await upload('a { color: black }');
    await call(`POST /themes/${live}/publish`);
    const opened = await call('POST /theme-previews', { themeVersionId: versionId });
    const other = await call('POST /theme-previews', {});
    await themes.lab.db.write(themes.merchant.storeId, (store) =>
      themes.lab.app.get(ThemeProblems, { strict: false }).record(store, [aProblem(id, versionId)]),
    );
    const owned = () => read('SELECT hash FROM blob_refs WHERE owner_id = $1', [versionId]);
    expect((await owned()).length).toBeGreaterThan(0);
    expect((await call(`DELETE /themes/${id}`)).status).toBe(204);
    expect(await owned()).toEqual([]);
    for (const table of ['theme_versions', 'theme_problems', 'theme_previews', 'theme_builds'])
      expect(await read(`SELECT 1 FROM ${table} WHERE version_id = $1`, [versionId])).toEqual([]);
    const find = (token: string) =>
      themes.lab.app
        .get(StorefrontPreviews, { strict: false })
        .find(themes.merchant.storeId, token);
    expect(await find(opened.body.token)).toBeNull();
    // A developer's own preview has no version and goes on.
    expect(await find(other.body.token)).toMatchObject({ versionId: null });
    const again = await call(`DELETE /themes/${id}`);
    expect([again.status, again.body.code]).toEqual([404, 'themes.theme-not-found']);
    const audit = await read(
      `SELECT before FROM audit_log WHERE action = 'theme.deleted' AND target_id = $1`,
      [id],
    );
    expect(audit).toEqual([{ before: { name: 'Plain' } }]);
  });

  it('deletes or goes back, whichever comes first, and never both', async () => {
    const { id: first } = await upload('a { color: gold }');
    const { id: second } = await upload('a { color: navy }');
    await call(`POST /themes/${first}/publish`);
    await call(`POST /themes/${second}/publish`);
    const [gone, back] = await Promise.all([
      call(`DELETE /themes/${first}`),
      call(`POST /themes/${second}/rollback`),
    ]);
    const list = (await call('GET /themes')).body.items as { id: string; live: boolean }[];
    const wasDeleted = gone.status === 204;
    expect(list.some(({ id }) => id === first)).toBe(!wasDeleted);
    // Deleted first: the rollback passes over it, to what was live before.
    expect(back.status).toBe(200);
    expect(back.body.id === first).toBe(!wasDeleted);
    if (!wasDeleted) expect([gone.status, gone.body.code]).toEqual([409, 'themes.theme-is-live']);
  });

  it('makes room for another where the store had as many as it may', async () => {
    const { storeId } = themes.merchant;
    const count = ((await call('GET /themes')).body.items as unknown[]).length;
    await themes.lab.db.write(storeId, (store) =>
      store.execute(
        `INSERT INTO themes (store_id, theme_id, name)
         SELECT $1, gen_random_uuid(), 'Old ' || g FROM generate_series(1, $2::int) g`,
        [storeId, 20 - count],
      ),
    );
    const full = await themes.upload(aTheme({ 'assets/base.css': 'b { color: red }' }));
    expect([full.status, full.body.code]).toEqual([409, 'themes.too-many-themes']);
    const items = (await call('GET /themes')).body.items as { id: string; name: string }[];
    const old = items.find(({ name }) => name === 'Old 1');
    expect((await call(`DELETE /themes/${old?.id}`)).status).toBe(204);
    expect((await upload('b { color: red }')).versionId).toBeDefined();
  });

  it('is forbidden to strangers', async () => {
    const stranger = await themes.lab.aMerchant();
    const [first] = (await call('GET /themes')).body.items as { id: string }[];
    const path = `/themes/${first?.id}`;
    expect((await call(`DELETE ${path}`, undefined, stranger)).status).toBe(404);
    expect((await call(`PATCH ${path}`, { name: 'Theirs' }, stranger)).status).toBe(404);
    expect((await call(`GET ${path}`)).body.name).not.toBe('Theirs');
  });
});

function aProblem(themeId: string, versionId: string) {
  const place = { themeId, versionId, template: 'templates/index.json', section: 'main' };
  const what = { code: 'R_STEPS', message: 'more than 10 steps', count: 1, leftOut: false };
  return { ...place, ...what, file: 'sections/main.hbs', line: 1, column: 1 };
}
