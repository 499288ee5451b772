import { ContentApiModule } from '@api/content';
import { IdentityApiModule } from '@api/identity';
import { StoresApiModule } from '@api/stores';
import { ContentPages, ContentRendererModule } from '@renderer/content';
import { type ApiLab, type Merchant, openApiLab } from '@testing';
import { ContentWorkerModule } from '@worker/content';

describe('content', () => {
  let lab: ApiLab;
  let merchant: Merchant;

  beforeAll(async () => {
    lab = await openApiLab([
      IdentityApiModule,
      StoresApiModule,
      ContentApiModule,
      ContentWorkerModule,
      ContentRendererModule,
    ]);
    merchant = await lab.aMerchant();
    await lab.drain();
  });
  afterAll(() => lab.close());

  const call = (route: string, body?: unknown) => {
    const [method, path] = route.split(' ');
    return lab.call(`${method} /stores/${merchant.storeId}${path}`, {
      token: merchant.token,
      body,
    });
  };
  const pages = () => lab.app.get(ContentPages, { strict: false });

  it('gives a new store the menus that themes ask for', async () => {
    const { body } = await call('GET /menus');
    expect(body.items.map(({ handle }: { handle: string }) => handle)).toEqual([
      'footer',
      'main-menu',
    ]);
  });

  it('writes, shows, changes and deletes a page', async () => {
    const made = await call('POST /pages', { title: 'Größe & Pflege', bodyHtml: '<p>Hi</p>' });
    expect([made.status, made.body.handle]).toEqual([201, 'groesse-and-pflege']);
    const seen = await lab.db.read(merchant.storeId, (store) =>
      pages().page(store, 'groesse-and-pflege'),
    );
    expect(seen).toMatchObject({ title: 'Größe & Pflege', content: '<p>Hi</p>' });
    const path = `/pages/${made.body.id}`;
    const hidden = await call(`PATCH ${path}`, { published: false, version: 1 });
    expect(hidden.body.publishedAt).toBeNull();
    const late = await call(`PATCH ${path}`, { title: 'X', version: 1 });
    expect(late.status).toBe(409);
    const gone = await lab.db.read(merchant.storeId, (store) =>
      pages().page(store, 'groesse-and-pflege'),
    );
    expect(gone).toBeNull();
    expect((await call(`DELETE ${path}`)).status).toBe(204);
    expect((await call(`GET ${path}`)).body.code).toBe('content.page-not-found');
  });

  it('takes out of pages and articles what could run, and says what it was', async () => {
    const evil = '<p onclick="a()">Hi</p><script>b()</script>';
    const removed = [
      { element: 'p', attribute: 'onclick', count: 1 },
      { element: 'script', attribute: null, count: 1 },
    ];
    const lost = (field: string) =>
      expect.objectContaining({ field, code: 'html-removed', removed });
    const page = await call('POST /pages', { title: 'Evil', bodyHtml: evil });
    expect(page.body).toMatchObject({ bodyHtml: '<p>Hi</p>', warnings: [lost('bodyHtml')] });
    const renamed = await call(`PATCH /pages/${page.body.id}`, { title: 'Good', version: 1 });
    expect(renamed.body).toMatchObject({ bodyHtml: '<p>Hi</p>', warnings: [] });
    const again = await call(`PATCH /pages/${page.body.id}`, { bodyHtml: evil, version: 2 });
    expect(again.body).toMatchObject({ bodyHtml: '<p>Hi</p>', warnings: [lost('bodyHtml')] });
    const { body: blog } = await call('POST /blogs', { title: 'Evil news' });
    const articles = `/blogs/${blog.id}/articles`;
    const both = { bodyHtml: evil, excerptHtml: evil };
    const clean = { bodyHtml: '<p>Hi</p>', excerptHtml: '<p>Hi</p>' };
    const warnings = [lost('bodyHtml'), lost('excerptHtml')];
    const article = await call(`POST ${articles}`, { title: 'Evil', ...both });
    expect(article.body).toMatchObject({ ...clean, warnings });
    const changed = await call(`PATCH ${articles}/${article.body.id}`, { ...both, version: 1 });
    expect(changed.body).toMatchObject({ ...clean, warnings });
    const read = await call(`GET ${articles}/${article.body.id}`);
    expect(read.body).toMatchObject(clean);
    expect(read.body).not.toHaveProperty('warnings');
  });

  it('refuses HTML that is too long once written out, and that nobody can read', async () => {
    const long = await call('POST /pages', { title: 'Long', bodyHtml: '<'.repeat(200_000) });
    expect([long.status, long.body.code, long.body.errors[0].field]).toEqual([
      422,
      'html.too-long',
      'bodyHtml',
    ]);
    const deep = await call('POST /pages', { title: 'Deep', bodyHtml: '<div>'.repeat(1_000) });
    expect([deep.status, deep.body.code]).toEqual([422, 'html.too-complex']);
  });

  it('refuses a handle that is taken and names the field', async () => {
    await call('POST /pages', { title: 'Contact' });
    const { status, body } = await call('POST /pages', { title: 'Contact' });
    expect([status, body.errors[0].field]).toEqual([409, 'handle']);
  });

  it('checks a menu’s links, each by its path', async () => {
    const { status, body } = await call('POST /menus', {
      title: 'Bad',
      items: [
        {
          title: 'Ok',
          link: '/',
          items: [{ title: 'Bad', link: 'javascript:alert(1)', items: [] }],
        },
      ],
    });
    expect([status, body.errors[0].field]).toEqual([422, 'items.0.items.0.link']);
  });

  it('knows which pages are policies, of those that the store has', async () => {
    const { body: terms } = await call('POST /pages', { title: 'Terms' });
    const { body: hidden } = await call('POST /pages', { title: 'Privacy', published: false });
    const set = await call('PUT /policies', { termsPageId: terms.id, privacyPageId: hidden.id });
    expect([set.status, set.body.items]).toEqual([
      200,
      [
        { kind: 'terms', pageId: terms.id, handle: 'terms', title: 'Terms', published: true },
        {
          kind: 'privacy',
          pageId: hidden.id,
          handle: 'privacy',
          title: 'Privacy',
          published: false,
        },
      ],
    ]);
    const shown = (locale: string) =>
      lab.db.read(merchant.storeId, (store) => pages().policies(store, locale));
    for (const [locale, name] of [
      ['en', 'Terms'],
      ['de-AT', 'AGB'],
      ['zh-CN', '条款'],
      ['ar', 'الشروط'],
      ['sw', 'Terms'],
    ] as const)
      expect(await shown(locale)).toEqual([{ kind: 'terms', name, url: '/pages/terms' }]);

    const stranger = await lab.aMerchant();
    const { body: theirs } = await lab.call(`POST /stores/${stranger.storeId}/pages`, {
      token: stranger.token,
      body: { title: 'Theirs' },
    });
    for (const imprintPageId of [theirs.id, merchant.storeId]) {
      const { status, body } = await call('PUT /policies', { imprintPageId });
      expect([status, body.code, body.errors[0].field]).toEqual([
        422,
        'content.policy-page',
        'imprintPageId',
      ]);
    }
    expect((await call('GET /policies')).body.items).toHaveLength(2);

    expect((await call(`DELETE /pages/${terms.id}`)).status).toBe(204);
    expect(await shown('en')).toEqual([]);
    expect((await call('PUT /policies', {})).body.items).toEqual([]);
  });

  it('prints menus for themes in one query', async () => {
    await lab.db.read(merchant.storeId, async (store) => {
      const menus = await pages().menus(store);
      expect(menus['main-menu']?.links[1]).toEqual({
        title: 'Catalog',
        url: '/collections/all',
        links: [],
      });
      expect(store.statements).toBe(1);
    });
  });
});
