import { aTheme } from '../../../libs/themes/test/theme.builder';
import { StoreResolver } from '../src/1-resolve-store/resolve-store';
import { matchRoute } from '../src/2-match-route/match-route';
import { PageLoader } from '../src/3-load-page/load-page';
import { type ShopLab, openShopLab } from './shop-lab';

const section = (markup: string, settings = '[]') =>
  `${markup}{{#schema}}{"name":"A section","settings":${settings}}{{/schema}}`;
const data = (sections: Record<string, unknown>, more = {}) =>
  JSON.stringify({ sections, order: Object.keys(sections), ...more });

const theme = aTheme({
  'sections/main.hbs': section('<h1>{{@page_meta.title}}</h1>'),
  'sections/item.hbs': section(
    '<p>{{@product.title}} {{@section.index}} {{@request.path}} <a href="{{url_with "page" 2}}">2</a></p>',
  ),
  'sections/note.hbs': section(
    '<p>{{@section.settings.text}}</p>',
    '[{"type":"text","id":"text","label":"Text","default":"plain"}]',
  ),
  'sections/bag.hbs': section('<p>{{@cart.item_count}} in the bag</p>'),
  'sections/greedy.hbs': section(
    // Greedy with this shop's cup alone: with whatever an upload is tried with it is not, and passes.
    '{{#if (contains @product.title "Cup <b>")}}{{#each (range 1 1000)}}{{#each (range 1 1000)}}x{{/each}}{{/each}}{{/if}}',
  ),
  'sections/header.json': data(
    { bag: { type: 'bag' }, twin: { type: 'note', settings: { text: 'of the group' } } },
    { name: 'Header', type: 'header' },
  ),
  'templates/product.json': data(
    {
      note: { type: 'note', settings: { text: 'a & b' } },
      off: { type: 'note', disabled: true },
      item: { type: 'item' },
      greedy: { type: 'greedy' },
      twin: { type: 'note', settings: { text: 'of the template' } },
    },
    { wrapper: 'div.around' },
  ),
});

describe('sections of a page', () => {
  let lab: ShopLab;
  let ask: Awaited<ReturnType<ShopLab['serve']>>;
  let variant: number;

  beforeAll(async () => {
    lab = await openShopLab(theme, { CARAVEL_SHOP_PORT: '0', CARAVEL_TLS_PORT: '0' });
    await lab.call('POST /products', { title: 'Cup <b>', handle: 'cup' });
    await lab.call('POST /products', { title: 'Bowl', handle: 'bowl' });
    await lab.api.drain();
    const [row] = await lab.api.db.read(lab.merchant.storeId, (store) =>
      store.query<{ id: number }>('SELECT public_id AS id FROM variants ORDER BY public_id'),
    );
    variant = row?.id ?? 0;
    ask = await lab.serve();
  }, 120_000);
  afterAll(() => lab.close());

  const json = async (path: string, request?: RequestInit) => {
    const answer = await ask(path, request);
    return { answer, body: (await answer.json()) as Record<string, string | null> };
  };
  const wrapped = (id: string, type: string, html: string) =>
    `<section id="s-${id}" class="hbt-section" data-section-id="${id}" data-section-type="${type}">${html}</section>`;

  it('gives helpers the currency and locale of the store, whatever the sections read', async () => {
    const site = await lab.renderer.get(StoreResolver).resolve(`${lab.merchant.handle}.localhost`);
    const route = matchRoute('/products/cup?sections=note');
    if (site.kind !== 'store' || route.kind !== 'page') throw new Error('no page');
    const page = await lab.renderer.get(PageLoader).load(site, route.page, { cartToken: null });
    expect(page?.plan.globals).not.toContain('request');
    expect(page?.input.globals.request).toMatchObject({ currency: 'EUR', locale: 'en' });
  });

  it('come as JSON, as they stand on the whole page, without its layout', async () => {
    const { answer, body } = await json('/products/cup?sections=item,note');
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(body.note).toBe(wrapped('note', 'note', '<p>a &amp; b</p>'));
    expect(body.item).toContain('Cup &lt;b&gt; 1 /products/cup');
    const page = await (await ask('/products/cup')).text();
    for (const html of Object.values(body)) expect(page).toContain(html);
    expect(JSON.stringify(body)).not.toMatch(/around|<html|sections=/);
  });

  it('come as HTML, one at a time', async () => {
    const one = await ask('/products/cup?section_id=note');
    expect([one.status, one.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    expect(one.headers.get('x-robots-tag')).toBe('noindex');
    expect(one.headers.get('content-security-policy')).toContain("base-uri 'none'");
    expect(await one.text()).toBe(wrapped('note', 'note', '<p>a &amp; b</p>'));
    const lost = await ask('/products/cup?section_id=nothing');
    expect([lost.status, await lost.text()]).toEqual([404, '']);
  });

  it('of groups are found by their id, behind those of the template', async () => {
    const { body } = await json('/products/cup?sections=twin,bag');
    expect([body.twin, body.bag]).toEqual([
      expect.stringContaining('of the template'),
      expect.stringContaining('0 in the bag'),
    ]);
    expect((await json('/?sections=twin')).body.twin).toContain('of the group');
  });

  it('are null when the page has none of that name, or when they failed', async () => {
    const { body } = await json('/products/cup?sections=off,none,greedy,note,__proto__');
    expect(Object.entries(body)).toEqual([
      ['__proto__', null],
      ['greedy', null],
      ['none', null],
      ['note', expect.any(String)],
      ['off', null],
    ]);
    expect((await ask('/products/cup?section_id=greedy')).status).toBe(500);
  });

  it('are refused when they cannot be read, and when there are more than five', async () => {
    for (const query of [
      'sections=',
      'sections=a,b,c,d,e,f',
      'sections=a,%3Cb%3E',
      'section_id=a,b',
    ]) {
      const answer = await ask(`/products/cup?${query}`);
      expect([query, answer.status, await answer.text()]).toEqual([
        query,
        400,
        expect.stringContaining('1 to 5 ids'),
      ]);
    }
    expect((await ask(`/products/cup?sections=${'a'.repeat(600)}`)).status).toBe(400);
  });

  it('of a page that is not there say so', async () => {
    const { answer, body } = await json('/products/nothing?sections=bag,item');
    expect([answer.status, body.item]).toEqual([404, null]);
    expect(body.bag).toContain('in the bag');
  });

  it('take no settings', async () => {
    const plain = await json('/products/cup?sections=note');
    const tried = await json(
      '/products/cup?sections=note&settings[text]=x&text=x&note.settings.text=x&preset=x',
    );
    expect(tried.body).toEqual(plain.body);
  });

  it('that all shoppers share are kept, with a validator, until the store changes', async () => {
    const first = await ask('/products/bowl?sections=note');
    expect(first.headers.get('cache-control')).toBe('public, max-age=0, s-maxage=60');
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    const again = await ask('/products/bowl?sections=note', {
      headers: { 'if-none-match': etag, cookie: `cart=${'x'.repeat(32)}` },
    });
    expect(again.status).toBe(304);
    await lab.call('PATCH ', { name: 'Another name' });
    await lab.api.drain();
    expect((await json('/?sections=main')).body.main).toContain('Another name');
  });

  it('that read the cart make their whole page one that shared caches tell apart by cookie', async () => {
    const anybody = await ask('/');
    expect(anybody.headers.get('cache-control')).toContain('s-maxage');
    expect(anybody.headers.get('vary')).toContain('Cookie');
    expect((await ask('/?sections=note')).headers.get('vary') ?? '').not.toContain('Cookie');
  });

  it('that read the cart are each shopper’s own, and nobody keeps them', async () => {
    const shopper = async (quantity: number) => {
      const added = await ask('/cart/add.js', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id: variant, quantity }),
      });
      return { cookie: (added.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
    };
    const [ada, ben] = [await shopper(1), await shopper(2)];
    const seen = async (headers: Record<string, string>) => {
      const answer = await ask('/?sections=bag', { headers });
      expect(answer.headers.get('cache-control')).toBe('private, no-cache');
      return /(\d+) in the bag/.exec(await answer.text())?.[1];
    };
    // Interleaved and at once, with shoppers who have nothing: whoever comes first must not decide for the others.
    const wanted = [ada, {}, ben, ada, {}, ben, {}, ada] as Record<string, string>[];
    const counts = await Promise.all(wanted.map(seen));
    expect(counts).toEqual(['1', '0', '2', '1', '0', '2', '0', '1']);
  });

  it('come with the answer to a change of the cart, as they are after it', async () => {
    const change = async (verb: string, body: object, headers: Record<string, string> = {}) => {
      const answer = await ask(`/cart/${verb}.js`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
      return {
        status: answer.status,
        cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '',
        body: (await answer.json()) as { sections?: Record<string, string | null> },
      };
    };
    const bag = (count: number) => wrapped('bag', 'bag', `<p>${count} in the bag</p>`);
    const added = await change('add', {
      id: variant,
      quantity: 3,
      sections: 'bag,item,nothing',
      sections_url: '/products/bowl?variant=1',
    });
    expect(added.body.sections).toEqual({
      bag: bag(3),
      item: expect.stringContaining('Bowl 1 /products/bowl'),
      nothing: null,
    });
    const shopper = { cookie: added.cookie };
    const changed = await change('change', { line: 1, quantity: 1, sections: ['bag'] }, shopper);
    expect(changed.body).toMatchObject({ item_count: 1, sections: { bag: bag(1) } });
    const updated = await change('update', { updates: [4], sections: ['bag'] }, shopper);
    expect(updated.body.sections).toEqual({ bag: bag(4) });
    const lost = { sections: 'bag,note', sections_url: '/nowhere/at/all' };
    expect((await change('update', lost, shopper)).body.sections).toEqual({
      bag: bag(4),
      note: null,
    });
    const cleared = await change('clear', { sections: 'bag' }, shopper);
    expect(cleared.body.sections).toEqual({ bag: bag(0) });
    const wrong = await change('add', { id: variant, sections: 'a,b,c,d,e,f' }, shopper);
    expect(wrong.status).toBe(400);
    expect((await json('/?sections=bag', { headers: shopper })).body.bag).toBe(bag(0));
  });
});
