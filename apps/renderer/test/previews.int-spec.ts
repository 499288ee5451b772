import type { ThemeMeta } from '@libs/template-engine';
import { compileTheme } from '@libs/template-engine';
import { CONFIG, type Config } from '@platform/config';
import { aTheme, zipOf } from '../../../libs/themes/test/theme.builder';
import { type ShopLab, openShopLab } from './shop-lab';

describe('a theme before it is live', () => {
  let lab: ShopLab;
  let versionId: string;

  const files = aTheme({
    'sections/main.hbs': `<p>A draft of {{@shop.name}} on {{@request.path}}, {{@product.title}}</p>
{{#schema}}{"name":"Main","settings":[]}{{/schema}}`,
  });

  beforeAll(async () => {
    lab = await openShopLab();
    await lab.call('POST /products', { title: 'Cup' });
    await lab.api.drain();
    const { body } = await lab.api.call(`POST /stores/${lab.merchant.storeId}/themes`, {
      token: lab.merchant.token,
      file: { name: 'draft.zip', content: await zipOf(files) },
    });
    versionId = body.versionId;
  });
  afterAll(() => lab.close());

  const open = async (body: object) => (await lab.call('POST /theme-previews', body)).body;
  const withCookie = (token: string) => ({ headers: { cookie: `caravel_preview=${token}` } });

  it('is entered by its link, seen by this browser only, and never kept', async () => {
    const { url, token } = await open({ themeVersionId: versionId });
    const { pathname, search } = new URL(url);
    const entered = await lab.visit(`${pathname}${search}&path=/products/cup`);
    expect([entered.status, entered.headers.location]).toEqual([303, '/products/cup']);
    const cookie = String(entered.headers['set-cookie']);
    expect(cookie).toContain(`caravel_preview=${token}; Path=/; Max-Age=`);
    expect(cookie).toMatch(/; HttpOnly; SameSite=Lax$/);
    expect(cookie).not.toContain('Domain');
    const page = await lab.visit('/products/cup', withCookie(token));
    const html = page.body.toString();
    expect(html).toContain('on /products/cup, Cup</p>');
    expect(html).toContain('Preview of Plain, version 1');
    expect(page.headers).toMatchObject({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex' });
    const editor = new URL(lab.renderer.get<Config>(CONFIG).api.url).origin;
    expect(page.headers['content-security-policy']).toContain(`frame-ancestors 'self' ${editor};`);
    const live = await lab.visit('/products/cup');
    expect(live.headers['content-security-policy']).toContain("frame-ancestors 'self';");
    expect(live.body.toString()).not.toContain('A draft of');
    expect(live.headers['x-robots-tag']).toBeUndefined();
  });

  it('shows its own 404 page and leaves carts, assets and other doors as they are', async () => {
    const { token } = await open({ themeVersionId: versionId });
    const lost = await lab.visit('/nowhere', withCookie(token));
    expect([lost.status, lost.body.toString().includes('A draft of')]).toEqual([404, true]);
    const cart = await lab.visit('/cart.js', withCookie(token));
    expect(JSON.parse(cart.body.toString())).toMatchObject({ item_count: 0 });
    const css = /\/cdn\/t\/base\.[0-9a-f]{16}\.css/.exec(lost.body.toString())?.[0] ?? '';
    const asset = await lab.visit(css, withCookie(token));
    expect(asset.status).toBe(200);
    expect(asset.headers['cache-control']).toContain('immutable');
  });

  it('gives its own sections, alone and with the answers of the cart', async () => {
    const { token } = await open({ themeVersionId: versionId });
    const alone = await lab.visit('/products/cup?sections=main', withCookie(token));
    expect(JSON.parse(alone.body.toString()).main).toContain('A draft of');
    expect(alone.headers['cache-control']).toBe('no-store');
    const cleared = await lab.visit('/cart/clear.js', {
      method: 'POST',
      headers: { ...withCookie(token).headers, 'content-type': 'application/json' },
      body: Buffer.from('{"sections":"main"}'),
    });
    expect(JSON.parse(cleared.body.toString()).sections.main).toContain('A draft of');
  });

  it('is left by the bar’s own form, and by nobody else’s', async () => {
    const { token } = await open({ themeVersionId: versionId });
    const way = '/_caravel/preview/leave';
    expect((await lab.visit(way, withCookie(token))).status).toBe(405);
    const foreign = { ...withCookie(token).headers, 'sec-fetch-site': 'cross-site' };
    expect((await lab.visit(way, { method: 'POST', headers: foreign })).status).toBe(403);
    const left = await lab.visit(way, { method: 'POST', ...withCookie(token) });
    expect(left.status).toBe(303);
    expect(String(left.headers['set-cookie'])).toContain('caravel_preview=; Path=/; Max-Age=0');
  });

  it('ends when it is ended, and lets nobody elsewhere be led', async () => {
    const { previewId, token } = await open({ themeVersionId: versionId });
    await lab.call(`DELETE /theme-previews/${previewId}`);
    const ended = await lab.visit(`/_caravel/preview?token=${token}`);
    expect([ended.status, ended.headers['set-cookie']]).toEqual([404, undefined]);
    expect(ended.body.toString()).toContain('This preview has ended');
    const shown = await lab.visit('/', withCookie(token));
    expect(shown.body.toString()).not.toContain('A draft of');
    const fresh = await open({ themeVersionId: versionId });
    const led = await lab.visit(`/_caravel/preview?token=${fresh.token}&path=//evil.example/x`);
    expect(String(led.headers.location)).not.toContain('evil');
  });

  describe('on a developer’s machine', () => {
    const meta = compileTheme(new Map(Object.entries(files))).meta as ThemeMeta;
    let token: string;

    beforeAll(async () => {
      ({ token } = await open({ expiresIn: 600 }));
    });

    const ask = async (body: unknown, bearer = token) => {
      const answer = await lab.visit('/_caravel/preview/data', {
        method: 'POST',
        headers: { authorization: `Bearer ${bearer}` },
        body: Buffer.from(JSON.stringify(body)),
      });
      return { status: answer.status, body: JSON.parse(answer.body.toString()) };
    };

    it('gets a page’s data and no code', async () => {
      const assets = { 'base.css': '/cdn/t/base.0123456789abcdef.css' };
      const { status, body } = await ask({ path: '/products/cup', meta, assets });
      expect([status, body.kind, body.status]).toEqual([200, 'page', 200]);
      expect(body.input.globals.product.title).toBe('Cup');
      expect(body.input.assets).toEqual(assets);
      expect(body.input.sections.map(({ type }: { type: string }) => type)).toEqual(['main']);
      expect(body.artefact).toBeUndefined();
      expect((await ask({ path: '/nowhere', meta, assets })).body.status).toBe(404);
      expect((await ask({ path: '/cart/add', meta, assets })).body).toEqual({ kind: 'other' });
      expect((await ask({ path: '/products/', meta, assets })).body.kind).toBe('redirect');
    });

    it('opens no page, and needs its token', async () => {
      const page = await lab.visit('/', withCookie(token));
      expect(page.body.toString()).not.toContain('A draft of');
      expect((await ask({ path: '/', meta, assets: {} }, 'guess')).status).toBe(401);
      expect((await lab.visit('/_caravel/preview/data')).status).toBe(405);
    });

    it('is told which field is wrong, whatever it says of its theme', async () => {
      const wrong: [unknown, string][] = [
        [{ path: '//evil.example', meta, assets: {} }, 'path'],
        [{ path: '/', meta: { ...meta, sections: { main: {} } }, assets: {} }, 'meta.sections'],
        [{ path: '/', meta: { ...meta, templates: {} }, assets: {} }, 'meta.templates'],
        [JSON.parse('{"a":'.repeat(60) + '1' + '}'.repeat(60)), 'nested deeper'],
        ['nothing', 'The body'],
      ];
      for (const [body, field] of wrong) {
        const answer = await ask(body);
        expect([answer.status, answer.body.detail]).toEqual([422, expect.stringContaining(field)]);
      }
    });
  });
});
