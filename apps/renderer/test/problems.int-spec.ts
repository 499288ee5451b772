import { createHash } from 'node:crypto';
import { newId } from '@libs/kernel';
import { allEvents } from '@platform/outbox';
import { StorefrontProblems } from '@renderer/themes';
import { aTheme, zipOf } from '../../../libs/themes/test/theme.builder';
import { StoreResolver } from '../src/1-resolve-store/resolve-store';
import { matchRoute } from '../src/2-match-route/match-route';
import { type LoadedPage, PageLoader } from '../src/3-load-page/load-page';
import { ThemeRenderer } from '../src/4-render-theme/render-theme';
import { encodeResponse } from '../src/5-send-response/send-response';
import { Stamps } from '../src/page-cache/stamps';
import { type ShopLab, openShopLab } from './shop-lab';

/** Dear at this host alone: an upload is tried with another one, and passes. */
const here = (markup: string) => `{{#if (ne @request.host "fixture.example")}}${markup}{{/if}}`;
const section = (markup: string) =>
  `${markup}\n{{#schema}}{"name":"A section","settings":[]}{{/schema}}`;
const data = (...types: string[]) =>
  JSON.stringify({
    sections: Object.fromEntries(types.map((type) => [type, { type }])),
    order: types,
  });
const long = 'x'.repeat(200);
const hundred = '{{#each (range 1 1000)}}{{#each (range 1 20)}}';

const theme = aTheme({
  'sections/fine.hbs': section('<p>fine</p>'),
  'sections/steps.hbs': section(
    here('\n  {{#each (range 1 1000)}}{{#each (range 1 1000)}}x{{/each}}{{/each}}'),
  ),
  'sections/output.hbs': section(here(`${hundred}${long}{{/each}}{{/each}}`)),
  'sections/alloc.hbs': section(
    here(
      `{{#each (range 1 1000)}}{{#if (append "${long.repeat(15)}" "${long.repeat(15)}")}}{{/if}}{{/each}}`,
    ),
  ),
  'templates/product.json': data('fine', 'steps', 'output', 'alloc'),
  'templates/index.json': data('steps', 'fine'),
});

describe('a section that uses up a budget', () => {
  let lab: ShopLab;
  let themeId: string;
  let versionId: string;

  beforeAll(async () => {
    lab = await openShopLab(theme);
    await lab.call('POST /products', { title: 'Cup' });
    await lab.api.drain();
    const { body } = await lab.call('GET /themes');
    ({ id: themeId, liveVersionId: versionId } = body.items[0]);
  }, 120_000);
  afterAll(() => lab.close());

  const problems = async () => {
    await lab.renderer.get(StorefrontProblems).flush();
    const answer = await lab.call(`GET /themes/${themeId}/problems`);
    expect([answer.status, answer.body.nextCursor]).toEqual([200, null]);
    return answer.body.items as { section: string; code: string; count: number }[];
  };
  const told = async () => {
    const rows = await lab.api.db.acrossStores('read events in a test', (tx) =>
      tx.query<{ section: string }>(
        `SELECT payload ->> 'section' AS section FROM outbox_events
         WHERE name = 'themes.section-failed' AND payload ->> 'template' LIKE '%product%' ORDER BY 1`,
      ),
    );
    return rows.map((row) => row.section);
  };
  const load = async (path: string) => {
    const site = await lab.renderer.get(StoreResolver).resolve(`${lab.merchant.handle}.localhost`);
    const route = matchRoute(path);
    if (site.kind !== 'store' || route.kind !== 'page') throw new Error(`${path} is no page`);
    const shopper = { cartToken: null };
    return (await lab.renderer.get(PageLoader).load(site, route.page, shopper)) as LoadedPage;
  };

  it('is a comment to shoppers, and the page goes on', async () => {
    const page = await lab.visit('/products/cup');
    expect([page.status, page.headers['cache-control']]).toEqual([200, 'private, no-cache']);
    const html = page.body.toString();
    expect(html).toContain('<p>fine</p>');
    for (const id of ['steps', 'output', 'alloc'])
      expect(html).toContain(`<!-- section ${id} could not be shown -->`);
    expect(html).not.toMatch(/R_[A-Z]+|sections\/steps\.hbs/);
  });

  it('is a problem of its theme, with the place, counted', async () => {
    const version = await lab.api.db.read(lab.merchant.storeId, (store) =>
      store.query('SELECT v FROM store_stamps WHERE store_id = $1', [lab.merchant.storeId]),
    );
    await lab.visit('/products/cup');
    const items = await problems();
    expect(items.map(({ section: id, code, count }) => `${id} ${code} ${count}`).sort()).toEqual([
      'alloc R_ALLOC 2',
      'output R_OUTPUT 2',
      'steps R_STEPS 2',
    ]);
    expect(items.find(({ code }) => code === 'R_STEPS')).toMatchObject({
      versionId,
      n: 1,
      template: 'templates/product.json',
      file: 'sections/steps.hbs',
      line: 2,
      message: 'more than 75000 steps',
      leftOutAt: null,
    });
    const after = await lab.api.db.read(lab.merchant.storeId, (store) =>
      store.query('SELECT v FROM store_stamps WHERE store_id = $1', [lab.merchant.storeId]),
    );
    expect(after).toEqual(version);
  });

  it('is told to the other slices once a day', async () => {
    expect(allEvents().map(({ name }) => name)).toContain('themes.section-failed');
    expect(await told()).toEqual(['alloc', 'output', 'steps']);
    await lab.visit('/products/cup?variant=1');
    const items = await problems();
    expect(items.every(({ count }) => count === 3)).toBe(true);
    expect(items[0]).toMatchObject({ leftOutAt: expect.any(String) });
    expect(await told()).toEqual(['alloc', 'output', 'steps']);
  });

  it('is left out after three times, still with its comment, and only where it stands', async () => {
    const page = await lab.visit('/products/cup?variant=2');
    expect(page.headers['cache-control']).toContain('public');
    expect(page.body.toString()).toContain('<!-- section steps could not be shown -->');
    expect((await problems()).every(({ count }) => count === 3)).toBe(true);
    const other = await lab.visit('/');
    expect([other.status, other.headers['cache-control']]).toEqual([200, 'private, no-cache']);
    expect((await problems())[0]).toMatchObject({ template: 'templates/index.json', count: 1 });
  });

  it('is noted when it took too long, and when it killed its process', async () => {
    const themes = lab.renderer.get(ThemeRenderer);
    const page = await load('/');
    const apart = { ...page.input, layout: false as const };
    const slow = { ...page, input: { ...apart, budgets: { deadline: -1 } } };
    const made = await encodeResponse(await themes.render(lab.merchant.storeId, slow), undefined);
    expect(made.body.toString()).toContain('<!-- section steps could not be shown -->');
    const js =
      '(function(L){return {format:"hbt/1",locale:"en",files:[],positions:[],sections:{' +
      'fine:{file:"",tag:"div",class:"",parts:[],render:()=>"<p>fine</p>"},' +
      'steps:{file:"",tag:"div",class:"",parts:[],render:()=>{for(;;);}}},' +
      'blocks:{},layouts:{},styles:{},scripts:{}}})';
    const artefact = {
      hash: createHash('sha256').update(js).digest('hex'),
      js: () => Promise.resolve(js),
    };
    const deadly = { ...page, artefact, input: apart };
    const killed = await themes.render(lab.merchant.storeId, deadly);
    expect(killed.body.toString()).toMatch(/<!-- section steps could.*<p>fine/s);
    const codes = (await problems()).map(({ section: id, code }) => `${id} ${code}`);
    expect(codes).toEqual(expect.arrayContaining(['steps R_DEADLINE', 'steps R_KILLED']));
  }, 20_000);

  it('is a card with section, file, line and reason in a preview', async () => {
    const { body } = await lab.call('POST /theme-previews', { themeVersionId: versionId });
    const headers = { cookie: `caravel_preview=${body.token}` };
    for (let time = 1; time <= 4; time += 1) {
      const page = await lab.visit('/', { headers });
      const html = page.body.toString();
      expect(html).toContain('<p>fine</p>');
      expect(html).toMatch(
        /<div id="s-steps"[^>]* role="alert"[^>]*>Section steps could not be shown\nsections\/steps\.hbs:2:\d+ R_STEPS\nmore than \d+ steps<\/div>/,
      );
      expect(html).not.toContain('<!-- section');
    }
    const layout = { ...(await load('/')), preview: true };
    const input = { ...layout.input, layout: 'nothing' };
    const lost = await lab.renderer
      .get(ThemeRenderer)
      .render(lab.merchant.storeId, { ...layout, input });
    expect(lost.body.toString()).toMatch(/The layout could not be shown[^]*<\/div><\/body>/);
  });

  it('keeps to itself what other stores must not know, and goes with its theme', async () => {
    const other = await lab.api.aMerchant();
    const answer = await lab.api.call(`GET /stores/${other.storeId}/themes/${themeId}/problems`, {
      token: other.token,
    });
    expect([answer.status, answer.body.code]).toEqual([404, 'themes.theme-not-found']);
    await lab.publish(aTheme({ 'sections/main.hbs': section('<p>another</p>') }));
    expect((await lab.call(`DELETE /themes/${themeId}`)).status).toBe(204);
    await lab.visit('/');
    const left = await lab.api.db.read(lab.merchant.storeId, (store) =>
      store.query('SELECT 1 FROM theme_problems WHERE theme_id = $1', [themeId]),
    );
    expect(left).toEqual([]);
  });
});

/** Dear as soon as the product is called so. */
const dearly = (markup: string) =>
  section(
    `${markup}{{#if (eq @product.title "Dear")}}{{#each (range 1 1000)}}{{#each (range 1 1000)}}x{{/each}}{{/each}}{{/if}}`,
  );
const costly = aTheme({
  'sections/fine.hbs': section('<p>{{@product.title}}</p>'),
  'sections/shared.hbs': dearly('<b>{{@product.title}} for all</b>'),
  'sections/own.hbs': dearly('<i>{{@product.title}} {{@cart.item_count}}</i>'),
  'templates/product.json': data('fine', 'shared', 'own'),
});

describe('a section that is left out', () => {
  let lab: ShopLab;
  let products: string[];
  let other: { storeId: string; token: string; handle: string };
  const lost = (id: string) => `<!-- section ${id} could not be shown -->`;

  beforeAll(async () => {
    lab = await openShopLab(costly);
    await lab.call('PATCH ', { otherLocales: ['ar'] });
    products = [];
    for (const title of ['Cup', 'Bowl'])
      products.push(
        (await lab.call('POST /products', { title, handle: title.toLowerCase() })).body.id,
      );
    other = await lab.api.aMerchant();
    const ofOther = { token: other.token };
    const path = `/stores/${other.storeId}`;
    const file = { name: 'theme.zip', content: await zipOf(costly) };
    const { body } = await lab.api.call(`POST ${path}/themes`, { ...ofOther, file });
    await lab.api.call(`POST ${path}/themes/${body.id}/publish`, ofOther);
    const product = { title: 'Dear', handle: 'cup' };
    await lab.api.call(`POST ${path}/products`, { ...ofOther, body: product });
    await lab.api.drain();
    lab.renderer.get(Stamps).forget();
  }, 120_000);
  afterAll(() => lab.close());

  const visit = async (path: string, request = {}) => {
    const page = await lab.visit(path, request);
    return { html: page.body.toString(), control: String(page.headers['cache-control']) };
  };
  /** Three times it fails; the fourth page is made without it. */
  const fourth = async (path: string, request = {}) => {
    for (let time = 1; time <= 3; time += 1) await visit(path, request);
    return visit(path, request);
  };
  const rename = async (title: string) => {
    for (const id of products) await lab.call(`PATCH /products/${id}`, { title });
    await lab.api.drain();
    lab.renderer.get(Stamps).forget();
  };

  it('stands there as shoppers saw it last, when it is no one’s own', async () => {
    expect((await visit('/products/cup')).html).toContain('<b>Cup for all</b>');
    await rename('Dear');
    for (let time = 1; time <= 3; time += 1) {
      const page = await visit('/products/cup');
      expect(page.html).toContain(`${lost('shared')}${lost('own')}`);
      expect(page.control).toBe('private, no-cache');
    }
    const page = await visit('/products/cup');
    expect(page.html).toContain(`<p>Dear</p>`);
    expect(page.html).toContain('<b>Cup for all</b>');
    expect(page.html).not.toContain(lost('shared'));
    // What is each shopper's own is not shown to anybody else.
    expect(page.html).toContain(lost('own'));
    expect(page.html).not.toContain('<i>');
    expect(page.control).toBe('public, max-age=0, s-maxage=60');
    // So it does for a script that asks for sections alone.
    const alone = await visit('/products/cup?sections=fine,own,shared');
    const sections = JSON.parse(alone.html) as Record<string, string | null>;
    expect(sections['fine']).toContain('<p>Dear</p>');
    expect(page.html).toContain(String(sections['shared']));
    expect([sections['shared'], sections['own']]).toEqual([
      expect.stringContaining('<b>Cup for all</b>'),
      null,
    ]);
  });

  it('is a comment where it was not seen: another product, another language, another store', async () => {
    for (const path of ['/products/bowl', '/ar/products/cup']) {
      const page = await fourth(path);
      expect(page.html).toContain('<p>Dear</p>');
      expect(page.html).toContain(lost('shared'));
      expect(page.html).not.toContain('for all');
    }
    const page = await fourth('/products/cup', { hosts: [`${other.handle}.localhost:4080`] });
    expect(page.html).toContain('<p>Dear</p>');
    expect(page.html).toContain(lost('shared'));
    expect(page.html).not.toContain('for all');
  });

  it('is still a problem of its theme, and a card in a preview', async () => {
    await lab.renderer.get(StorefrontProblems).flush();
    const { body: themes } = await lab.call('GET /themes');
    const { id, liveVersionId } = themes.items[0];
    const { body } = await lab.call(`GET /themes/${id}/problems`);
    const items = body.items as { section: string; code: string; leftOutAt: string | null }[];
    expect(
      items
        .filter(({ leftOutAt }) => leftOutAt)
        .map((one) => one.section)
        .sort(),
    ).toEqual(expect.arrayContaining(['own', 'shared']));
    const preview = await lab.call('POST /theme-previews', { themeVersionId: liveVersionId });
    const headers = { cookie: `caravel_preview=${preview.body.token}` };
    const { html } = await visit('/products/cup', { headers });
    expect(html).toContain('Section shared could not be shown');
    expect(html).not.toContain('for all');
  });

  it('comes back as it was also on the page whose process it killed', async () => {
    const site = await lab.renderer.get(StoreResolver).resolve(`${lab.merchant.handle}.localhost`);
    const route = matchRoute('/products/bowl?variant=1');
    if (site.kind !== 'store' || route.kind !== 'page') throw new Error('no page');
    const loaded = await lab.renderer.get(PageLoader).load(site, route.page, { cartToken: null });
    // Of stores whose pages are dear only what was seen before is known.
    const quiet = newId();
    const made = (shared: string) => {
      const part = (id: string, body: string) =>
        `${id}:{file:"",tag:"div",class:"",parts:[],render:()=>{${body}}}`;
      const js =
        '(function(L){return {format:"hbt/1",locale:"en",files:[],positions:[],sections:{' +
        `${part('fine', 'return "<p>fine</p>"')},${part('own', 'return ""')},${part('shared', shared)}` +
        '},blocks:{},layouts:{},styles:{},scripts:{}}})';
      const hash = createHash('sha256').update(js).digest('hex');
      const page = loaded as LoadedPage;
      const input = { ...page.input, layout: false as const };
      return lab.renderer.get(ThemeRenderer).render(quiet, {
        ...page,
        input,
        artefact: { hash, js: () => Promise.resolve(js) },
      });
    };
    expect((await made('return "<b>well</b>"')).body.toString()).toContain('<b>well</b>');
    const page = (await made('for(;;);')).body.toString();
    expect(page).toMatch(/<p>fine.*<b>well<\/b>/s);
    expect(page).not.toContain(lost('shared'));
  }, 20_000);
});
