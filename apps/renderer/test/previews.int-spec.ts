import type { ThemeMeta } from '@libs/template-engine';
import { compileTheme } from '@libs/template-engine';
import { CONFIG, type Config } from '@platform/config';
import { aTheme, zipOf } from '../../../libs/themes/test/theme.builder';
import { Stamps } from '../src/page-cache/stamps';
import { type ShopLab, openShopLab } from './shop-lab';

describe('a theme before it is live', () => {
  let lab: ShopLab;
  let versionId: string;

  const files = aTheme({
    'sections/main.hbs': `<p>A draft of {{@shop.name}} on {{@request.path}}, {{@product.title}}</p>
<i>{{@form_result.type}} {{@form_result.posted_successfully}}</i><b>{{t "general.hello"}}</b><u>{{@template.name}}</u>
{{#schema}}{"name":"Main","settings":[]}{{/schema}}`,
    'templates/customers/login.json': '{"sections":{"main":{"type":"main"}},"order":["main"]}',
    'templates/password.json': '{"sections":{"main":{"type":"main"}},"order":["main"]}',
    'locales/zh-CN.json': '{"general":{"hello":"Nihao","skip":"Tiaoguo"}}',
  });

  beforeAll(async () => {
    lab = await openShopLab();
    await lab.call('POST /products', { title: 'Cup' });
    await lab.call('PATCH ', { otherLocales: ['zh-CN'] });
    await lab.api.drain();
    lab.renderer.get(Stamps).forget();
    const { body } = await lab.api.call(`POST /stores/${lab.merchant.storeId}/themes`, {
      token: lab.merchant.token,
      file: { name: 'draft.zip', content: await zipOf(files) },
    });
    versionId = body.versionId;
  }, 120_000);
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

  it('speaks every language of the store, and has the pages of accounts', async () => {
    const { token } = await open({ themeVersionId: versionId });
    const see = async (path: string) => {
      const { status, body, headers } = await lab.visit(path, withCookie(token));
      return { status, html: body.toString(), location: headers.location };
    };
    const chinese = await see('/zh-CN/products/cup');
    expect(chinese.html).toContain('on /zh-CN/products/cup, Cup</p>');
    expect(chinese.html).toContain('<b>Nihao</b>');
    expect((await see('/en/products/cup')).location).toBe('/products/cup');
    expect((await see('/zh-CN/nowhere')).html).toContain('<b>Nihao</b>');
    expect((await see('/account/login')).html).toContain('A draft of');
    expect((await see('/account')).location).toBe('/account/login?return_to=%2Faccount');
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

    const askAs = (path: string, cookie: string) =>
      lab.visit('/_caravel/preview/data', {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, cookie },
        body: Buffer.from(JSON.stringify({ path, meta, assets: {} })),
      });

    it('gets the data of every page of its theme, in each language', async () => {
      const at = async (path: string) => (await ask({ path, meta, assets: {} })).body;
      const chinese = await at('/zh-CN/products/cup');
      expect([chinese.status, chinese.locale]).toEqual([200, 'zh-CN']);
      expect(chinese.input.globals.product.url).toBe('/zh-CN/products/cup');
      expect(await at('/en/products/cup')).toEqual({ kind: 'redirect', to: '/products/cup' });
      expect((await at('/account/login')).input.globals.template.name).toBe('customers/login');
      // What the theme has no template for is its 404 page.
      expect((await at('/account/register')).status).toBe(404);
      expect((await at('/account')).to).toBe('/account/login?return_to=%2Faccount');
      expect((await at('/password')).input.globals.template.name).toBe('password');
      expect((await at('/search/suggest?q=cup&section_id=main')).input.sections).toHaveLength(1);
    });

    it('is told once what became of a form', async () => {
      const sent = await lab.visit('/newsletter', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: Buffer.from('contact[email]=ada@example.test'),
      });
      const cookie = String(sent.headers['set-cookie']).split(';')[0] ?? '';
      const told = await askAs('/', cookie);
      expect(JSON.parse(told.body.toString()).input.globals.form_result).toMatchObject({
        type: 'newsletter',
        posted_successfully: true,
      });
      expect(String(told.headers['set-cookie'])).toMatch(/^form_result=;.*Max-Age=0/);
      expect((await askAs('/', '')).headers['set-cookie']).toBeUndefined();
    });

    it('is answered by a store that asks everybody else for a password', async () => {
      const locked = await lab.call('PATCH ', { storefrontPassword: 'kiln and clay' });
      expect(locked.body.passwordProtected).toBe(true);
      lab.renderer.get(Stamps).forget();
      try {
        expect((await lab.visit('/cart.js')).status).toBe(403);
        expect((await lab.visit('/cart.js', withCookie('x'.repeat(40)))).status).toBe(403);
        const cart = await lab.visit('/cart.js', withCookie(token));
        expect([cart.status, JSON.parse(cart.body.toString()).item_count]).toEqual([200, 0]);
      } finally {
        await lab.call('PATCH ', { storefrontPassword: null });
        lab.renderer.get(Stamps).forget();
      }
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
