import sharp from 'sharp';
import { aTheme, zipOf } from '../../../libs/themes/test/theme.builder';
import { Stamps } from '../src/page-cache/stamps';
import { type ShopLab, openShopLab } from './shop-lab';

const canary = 'CANARY-OF-ANOTHER-STORE';
const own = 'our own';

/** Kinds of settings that point to something, with what a section prints of them. */
const pointers = {
  product: '{{s.title}}{{s.url}}{{s.description}}',
  collection: '{{s.title}}{{s.url}}{{#each s.products as |p|}}{{p.title}}{{/each}}',
  page: '{{s.title}}{{s.content}}',
  blog: '{{s.title}}{{#each s.articles as |a|}}{{a.title}}{{/each}}',
  article: '{{s.title}}{{s.content}}',
  menu: '{{s.title}}{{#each s.links as |l|}}{{l.title}}{{/each}}',
  metaobject: '{{s.title}}{{s.handle}}{{s.fields.author}}',
  image: '{{#if s}}{{image_tag s width=400 alt="x"}}{{/if}}',
  video: '{{#if s}}{{s.alt}}{{/if}}',
} as const;
type Pointer = keyof typeof pointers;
const kinds = Object.keys(pointers) as Pointer[];
const lists: Partial<Record<Pointer, string>> = {
  product: 'product_list',
  collection: 'collection_list',
  metaobject: 'metaobject_list',
};

/** Everything that something of a store is known by: handle, id, number. */
type Names = Record<Pointer, string[]>;

/** A theme whose front page asks for what these names name, by settings of every kind that points to something. */
function probing(names: Names): Record<string, string | Buffer> {
  const sections: Record<string, object> = {};
  const files: Record<string, string> = {};
  for (const kind of kinds) {
    const more = kind === 'metaobject' ? { metaobject_type: 'review' } : {};
    const settings: object[] = [{ type: kind, id: 'one', label: 'One', ...more }];
    const list = lists[kind];
    if (list) settings.push({ type: list, id: 'many', label: 'Many', ...more });
    const many = list ? `{{#each @section.settings.many as |s|}}${pointers[kind]}{{/each}}` : '';
    const one = pointers[kind].replaceAll(/\bs(?=[.}\s])/g, '@section.settings.one');
    files[`sections/${kind}-probe.hbs`] =
      `<div>${one}${many}</div>{{#schema}}${JSON.stringify({ name: kind, settings })}{{/schema}}`;
    for (const [at, name] of names[kind].entries()) {
      const values = { one: name, ...(list ? { many: [name] } : {}) };
      sections[`${kind}-${at}`] = { type: `${kind}-probe`, settings: values };
    }
  }
  return aTheme({
    ...files,
    'templates/index.json': JSON.stringify({ sections, order: Object.keys(sections) }),
  });
}

describe('what belongs to another store', () => {
  let lab: ShopLab;
  let victim: ShopLab['merchant'];
  let theirs: Names;
  let numbers: { product: number; variant: number };
  let asset: string;
  let picture: string;

  const ofVictim = (route: string, body?: unknown) => {
    const [method, path] = route.split(' ');
    return lab.api.call(`${method} /stores/${victim.storeId}${path}`, {
      token: victim.token,
      body,
    });
  };

  /** One of everything, under the same handles in each store. */
  async function furnish(call: ShopLab['call'], word: string, handle: string): Promise<Names> {
    const make = async (route: string, body: object) => {
      const made = await call(route, body);
      expect([route, made.status]).toEqual([route, 201]);
      return made.body as { id: string; publicId?: number; handle: string };
    };
    const named = { title: word, handle };
    const product = await make('POST /products', { ...named, status: 'active', published: true });
    const collection = await make('POST /collections', { ...named, published: true });
    const page = await make('POST /pages', { ...named, bodyHtml: `<p>${word}</p>` });
    const blog = await make('POST /blogs', named);
    const article = await make(`POST /blogs/${blog.id}/articles`, named);
    const menu = await make('POST /menus', {
      ...named,
      items: [{ title: word, link: '/', items: [] }],
    });
    await call('POST /metaobject-definitions', {
      type: 'review',
      name: 'Review',
      displayField: 'author',
      fields: [{ key: 'author', name: 'Author', type: 'single_line_text_field' }],
    });
    const review = { type: 'review', handle, fields: { author: word }, published: true };
    const metaobject = await make('POST /metaobjects', review);
    const namesOf = ({ id, publicId }: { id: string; publicId?: number }) => [
      handle,
      id,
      String(publicId ?? `ref:${id}`),
    ];
    return {
      product: namesOf(product),
      collection: namesOf(collection),
      page: namesOf(page),
      blog: namesOf(blog),
      article: [...namesOf(article), `${handle}/${handle}`],
      menu: namesOf(menu),
      metaobject: [...namesOf(metaobject), `review/${handle}`],
      image: [],
      video: [],
    };
  }

  beforeAll(async () => {
    lab = await openShopLab(aTheme());
    victim = await lab.api.aMerchant();
    theirs = await furnish(ofVictim, canary, 'secret');
    const upload = async (name: string, content: Buffer, route: string) =>
      lab.api.call(`POST /stores/${victim.storeId}/${route}`, {
        token: victim.token,
        file: { name, content },
      });
    const shot = { create: { width: 40, height: 20, channels: 3, background: '#345' } } as const;
    const image = await upload('hero.png', await sharp(shot).png().toBuffer(), 'images');
    theirs.image = theirs.video = [image.body.id];
    const css = `/* ${canary} */ p{color:red}`;
    const theme = await upload(
      'theme.zip',
      await zipOf({
        ...probing({ ...theirs }),
        'assets/own.css': css,
        'sections/sheet.hbs': '<i>{{asset_url "own.css"}}</i>{{#schema}}{"name":"x"}{{/schema}}',
        'templates/page.json': '{"sections":{"a":{"type":"sheet"}},"order":["a"]}',
      }),
      'themes',
    );
    expect([theme.status, theme.body.errors]).toEqual([201, undefined]);
    await ofVictim(`POST /themes/${theme.body.id}/publish`);
    await lab.api.drain();
    numbers = await lab.api.db.read(victim.storeId, async (store) => {
      const [product] = await store.query<{ id: number }>('SELECT public_id AS id FROM products');
      const [variant] = await store.query<{ id: number }>('SELECT public_id AS id FROM variants');
      return { product: product?.id ?? 0, variant: variant?.id ?? 0 };
    });
    const home = await atVictim('/');
    picture = /\/cdn\/i\/[^"\s]+/.exec(home)?.[0] ?? '';
    asset = /\/cdn\/t\/own\.[0-9a-f]{16}\.css/.exec(await atVictim('/pages/secret'))?.[0] ?? '';
  }, 180_000);
  afterAll(() => lab.close());

  const atVictim = async (path: string) =>
    (await lab.visit(path, { hosts: [`${victim.handle}.localhost:4080`] })).body.toString();
  const visit = async (path: string, request = {}) => {
    const { status, body, headers } = await lab.visit(path, request);
    return { status, text: body.toString() + JSON.stringify(headers) };
  };

  it('is there for its own shoppers', async () => {
    const home = await atVictim('/');
    for (const kind of kinds.filter((one) => one !== 'video' && one !== 'image'))
      expect([kind, new RegExp(`${kind}-0"[^>]*>.*?${canary}`, 's').test(home)]).toEqual([
        kind,
        true,
      ]);
    expect([picture, asset]).toEqual([expect.stringMatching(/^\/cdn\/i/), expect.any(String)]);
    expect(await atVictim(asset)).toContain(canary);
  });

  it('is nothing to settings, by whatever name they know it', async () => {
    await lab.publish(probing(theirs));
    const bare = await visit('/');
    expect(bare.status).toBe(200);
    expect(bare.text).not.toMatch(new RegExp(`${canary}|/cdn/i/`));
    const ids = [...bare.text.matchAll(/data-section-id="([\w-]+)"/g)].map(([, id]) => id);
    expect(ids.length).toBe(25);
    for (const id of ids) {
      expect((await visit(`/?section_id=${id}`)).text).not.toContain(canary);
    }
    expect((await visit(`/?sections=${ids.slice(0, 5).join()}`)).text).not.toContain(canary);
  });

  it('gives way to what has the same handle in the store', async () => {
    await furnish(lab.call, own, 'secret');
    await lab.api.drain();
    await lab.publish(probing(theirs));
    lab.renderer.get(Stamps).forget();
    const { text } = await visit('/');
    expect(text).not.toContain(canary);
    for (const kind of kinds.filter((one) => one !== 'video' && one !== 'image'))
      expect([kind, new RegExp(`${kind}-0"[^>]*>.*?${own}`, 's').test(text)]).toEqual([kind, true]);
  });

  it('is found by no address', async () => {
    const { product, variant } = numbers;
    for (const path of [
      `/search?ids=${product}`,
      `/search?ids=${product},${variant}&section_id=main`,
      '/products/secret',
      `/products/secret?variant=${variant}`,
      `/products/${product}`,
      `/products/${theirs.product[1]}`,
      `/collections/${theirs.collection[1]}`,
      `/pages/${theirs.page[1]}`,
      `/blogs/secret/${theirs.article[1]}`,
    ])
      expect([path, (await visit(path)).text.includes(canary)]).toEqual([path, false]);
    // Files are found by the hash of their content, which only those know who have been shown them.
    for (const path of [asset, picture])
      for (const digit of ['0', '1']) {
        const near = path.replace(/[0-9a-f](?=\.css|\/\d+\.webp)/, digit);
        if (near !== path) expect([near, (await visit(near)).status]).toEqual([near, 404]);
      }
    const found = JSON.parse((await lab.visit(`/search/suggest.json?q=${canary}`)).body.toString());
    expect(Object.values(found.resources.results).flat()).toEqual([]);
  });

  it('comes into no cart', async () => {
    const added = await visit('/cart/add.js', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify({ items: [{ id: numbers.variant, quantity: 1 }] })),
    });
    expect(added.text).not.toContain(canary);
  });

  it('is opened by no preview of its own', async () => {
    const { body } = await ofVictim('POST /theme-previews', { expiresIn: 600 });
    const shown = await visit('/', { headers: { cookie: `caravel_preview=${body.token}` } });
    expect(shown.text).not.toContain(canary);
    const entered = await visit(`/_caravel/preview?token=${body.token}&path=/pages/secret`);
    expect(entered.text).not.toMatch(/caravel_preview=[\w-]{8}/);
    const data = await visit('/_caravel/preview/data', {
      method: 'POST',
      headers: { authorization: `Bearer ${body.token}` },
      body: Buffer.from('{"path":"/pages/secret"}'),
    });
    expect(data.status).toBe(401);
  });
});
