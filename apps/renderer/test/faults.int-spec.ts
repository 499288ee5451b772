import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { Client } from 'pg';
import { newId } from '@libs/kernel';
import { Metrics } from '@platform/telemetry';
import { type LoadedPage, PageLoader } from '../src/3-load-page/load-page';
import { RenderPool } from '../src/4-render-theme/render-pool';
import { ThemeRenderer } from '../src/4-render-theme/render-theme';
import { StoreCosts } from '../src/4-render-theme/store-costs';
import { bodyHash } from '../src/page-bytes';
import type { ShopResponse } from '../src/shop-request';
import { type ShopLab, openShopLab } from './shop-lab';

/** Linux's name for processes that get only what others leave is a number (sched.h, SCHED_IDLE). */
const idleClass = 5;

/** Of which scheduling class the threads of each child process are; Linux only. */
function classesOfChildren(): Map<string, number[]> {
  const tasks = (pid: string) => readdirSync(`/proc/${pid}/task`);
  const children = tasks('self').flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, 'latin1').trim().split(' ').filter(Boolean),
  );
  // proc(5): the 41st field; the split takes two.
  const classOf = (pid: string, task: string) =>
    Number(
      readFileSync(`/proc/${pid}/task/${task}/stat`, 'latin1').split(') ').at(-1)?.split(' ')[38],
    );
  return new Map(children.map((pid) => [pid, tasks(pid).map((task) => classOf(pid, task))]));
}

/** A page's HTML, however it came out of its process. */
function textOf({ body, packed }: ShopResponse): string {
  return (packed ? brotliDecompressSync(body) : body).toString();
}

/** No store; nothing of the platform is asked about it. */
const someStore = newId();

describe('when something breaks', () => {
  let lab: ShopLab;

  beforeAll(async () => {
    lab = await openShopLab();
    await lab.call('POST /products', { title: 'Cup' });
    await lab.api.drain();
  });
  afterAll(() => lab.close());

  it('answers a page that failed in the theme’s own words, and is well again afterwards', async () => {
    const owner = new Client({ connectionString: lab.api.ownerUrl });
    await owner.connect();
    try {
      await owner.query('ALTER TABLE variants RENAME TO variants_away');
      const broken = await lab.visit('/products/cup');
      expect(broken.status).toBe(500);
      const html = broken.body.toString();
      expect(html).toContain('Something went wrong');
      expect(html).toContain('site-nav');
      expect(html).not.toMatch(/variants_away|relation|SELECT/);
    } finally {
      await owner.query('ALTER TABLE variants_away RENAME TO variants');
      await owner.end();
    }
    const well = await lab.visit('/products/cup');
    expect(well.status).toBe(200);
    expect(well.headers['content-security-policy']).toContain("base-uri 'none'");
  });

  it('has plain words where there is no store and no theme', async () => {
    const nobody = await lab.visit('/', { hosts: ['nobody.localhost'] });
    expect(nobody.status).toBe(404);
    const bare = await lab.api.aMerchant();
    const early = await lab.visit('/', { hosts: [`${bare.handle}.localhost`] });
    expect([early.status, early.headers['retry-after']]).toEqual([503, '30']);
    expect((await lab.visit('/', { hosts: ['a.test', 'b.test'] })).status).toBe(400);
    expect((await lab.visit('/', { servername: 'other.test' })).status).toBe(421);
    const method = await lab.visit('/products/cup', { method: 'DELETE' });
    expect([method.status, method.headers.allow]).toEqual([405, 'GET, HEAD']);
  });

  /** How many render processes have died by now, by what they render. */
  const deaths = async () =>
    Object.fromEntries(
      [
        ...(await lab.renderer.get(Metrics).text()).matchAll(
          /render_process_deaths_total\{pool="(\w+)"\} (\d+)/g,
        ),
      ].map(([, pool, count]) => [pool, Number(count)]),
    );

  const artefact = (js: string) => ({
    hash: createHash('sha256').update(js).digest('hex'),
    js: () => Promise.resolve(js),
  });

  const job = (js: string) => ({
    artefact: artefact(js),
    input: Buffer.from('{}'),
    kind: 'page' as const,
  });

  /** A theme of our own making whose sections are these functions; no upload would take it. */
  const themeOf = (sections: Record<string, string>) => {
    const code = Object.entries(sections).map(
      ([type, body]) =>
        `${type}:{file:"sections/${type}.hbs",tag:"div",class:"",parts:[],render:(v,s)=>{${body}}}`,
    );
    return `(function(L){return {format:"hbt/1",locale:"en",files:[],positions:[],sections:{${code.join()}},blocks:{},layouts:{},styles:{},scripts:{}}})`;
  };
  /** Nothing is known of what these sections read. */
  const planless: LoadedPage['plan'] = {
    layout: false,
    wrapper: null,
    sections: [],
    sources: [],
    settings: {},
    settingNeeds: [],
    fonts: {},
    globals: [],
    layoutGlobals: [],
    paths: [],
    menus: [],
    pagination: null,
    notes: [],
  };
  const pageOf = (js: string, types: string[], more: Partial<LoadedPage> = {}): LoadedPage => ({
    status: 200,
    v: 1,
    theme: { themeId: newId(), versionId: newId() },
    templateName: 'index',
    artefact: artefact(js),
    input: {
      layout: false,
      globals: {},
      assets: {},
      sections: types.map((type, index) => ({
        id: type,
        type,
        location: 'template',
        index,
        settings: {},
        blocks: [],
      })),
    },
    plan: planless,
    private: false,
    varies: false,
    preview: false,
    suffixed: false,
    statements: 0,
    ...more,
  });
  const deadly = themeOf({
    fine: 'return "<p>fine</p>"',
    hangs: 'for(;;);',
    last: 'return "<p>last</p>"',
  });

  it('leaves out the section that hangs, until the store’s data changes', async () => {
    const themes = lab.renderer.get(ThemeRenderer);
    const page = pageOf(deadly, ['fine', 'hangs', 'last']);
    const made = await themes.render(someStore, page);
    expect(made.body.toString()).toMatch(/fine.*last/s);
    expect(made.body.toString()).toContain('<!-- section hangs could not be shown -->');
    expect(made.headers['cache-control']).toContain('public');
    const before = await deaths();
    expect(Object.values(before)).not.toEqual([]);
    expect(textOf(await themes.render(someStore, page))).toMatch(/fine.*last/s);
    expect(await deaths()).toEqual(before);
    expect(await lab.renderer.get(Metrics).text()).toContain(
      'caravel_sections_left_out_total{reason="killed"} 1',
    );
    const later = await themes.render(someStore, { ...page, v: 2 });
    expect(later.body.toString()).toContain('fine');
    expect(await lab.renderer.get(Metrics).text()).toContain(
      'caravel_sections_left_out_total{reason="killed"} 2',
    );
    expect((await lab.visit('/products/cup?variant=9')).status).toBe(200);
  }, 30_000);

  it('leaves out a section that ran out of its budget three times', async () => {
    const themes = lab.renderer.get(ThemeRenderer);
    const greedy = themeOf({
      fine: 'return "<p>fine</p>"',
      greedy: 's.steps=-1e9;s.stop(0,0);return ""',
    });
    const page = pageOf(greedy, ['fine', 'greedy']);
    const seen: string[] = [];
    for (let i = 0; i < 4; i += 1) {
      const made = await themes.render(someStore, page);
      expect(textOf(made)).toContain('<!-- section greedy could not be shown -->');
      seen.push(String(made.headers['cache-control']).split(',')[0] ?? '');
    }
    expect(seen).toEqual(['private', 'private', 'private', 'public']);
    expect(await lab.renderer.get(Metrics).text()).toContain(
      'caravel_sections_left_out_total{reason="budget"} 1',
    );
  });

  it('answers a page whose layout ran out of its budget in the theme’s own words', async () => {
    const code = themeOf({ fine: 'return "<p>fine</p>"' }).replace(
      'layouts:{}',
      'layouts:{theme:{file:"layout/theme.hbs",parts:[],holes:[],render:(v,s)=>{s.steps=-1e9;s.stop(0,0);return [""]}}}',
    );
    const page = pageOf(code, ['fine']);
    const bare = { ...page, input: { ...page.input, layout: 'theme' } };
    const load = jest
      .spyOn(lab.renderer.get(PageLoader), 'load')
      .mockImplementationOnce(() => Promise.resolve(bare));
    const broken = await lab.visit('/products/cup?variant=20');
    expect(load).toHaveBeenCalledTimes(2);
    load.mockRestore();
    const html = textOf(broken);
    expect([broken.status, broken.headers['cache-control']]).toEqual([500, 'private, no-cache']);
    expect(html).toContain('Something went wrong');
    expect(html).toContain('site-nav');
    expect(html).not.toContain('fine');
    expect((await lab.visit('/products/cup?variant=20')).status).toBe(200);
    const themes = lab.renderer.get(ThemeRenderer);
    await expect(themes.render(someStore, bare)).rejects.toThrow(/^layout\/theme\.hbs:/);
    const preview = await themes.render(someStore, { ...bare, preview: true });
    expect(textOf(preview)).toContain('<p>fine</p>');
  }, 60_000);

  it('renders what is not live elsewhere, so that its deaths touch no live store', async () => {
    const themes = lab.renderer.get(ThemeRenderer);
    const page = pageOf(deadly, ['hangs', 'fine'], { preview: true, v: 3 });
    const before = await deaths();
    const preview = themes.render(newId(), page);
    expect((await lab.visit('/products/cup?variant=10')).status).toBe(200);
    expect(textOf(await preview)).toContain('fine');
    const { preview: died, ...others } = await deaths();
    const { preview: none, ...othersBefore } = before;
    expect([none, died]).toEqual([undefined, 2]);
    expect(others).toEqual(othersBefore);
  }, 20_000);

  it('renders a store whose pages are dear apart, with what others leave of the machine', async () => {
    const themes = lab.renderer.get(ThemeRenderer);
    const store = newId();
    lab.renderer.get(StoreCosts).setApart(store, performance.now());
    const fine = themeOf({ fine: 'return "<p>fine</p>"', hangs: 'for(;;);' });
    const plain = await themes.render(newId(), pageOf(fine, ['fine']));
    const made = await themes.render(store, pageOf(fine, ['fine']));
    expect([plain.packed, made.packed]).toEqual([undefined, true]);
    expect(textOf(made)).toBe(plain.body.toString());
    expect(made.hash).toBe(bodyHash(plain.body));
    if (process.platform === 'linux') {
      const slow = [...classesOfChildren()].filter(([, classes]) => classes.includes(idleClass));
      expect(slow).toHaveLength(1);
      expect(new Set(slow[0]?.[1])).toEqual(new Set([idleClass]));
    }
    const hung = themes.render(store, pageOf(fine, ['hangs', 'fine']));
    for (let i = 0; i < 10; i += 1)
      expect((await lab.visit(`/products/cup?variant=${100 + i}`)).status).toBe(200);
    expect(textOf(await hung)).toContain('section hangs could not be shown');
  }, 40_000);

  it('runs theme code without code from text, without the process and without modules', async () => {
    const pool = lab.renderer.get(RenderPool);
    for (const js of [
      'eval("1")',
      'new Function("return 1")()',
      'this.constructor.constructor("return process")().exit()',
      'process.exit()',
      'require("fs")',
    ]) {
      await expect(pool.render(someStore, job(js))).rejects.toMatchObject({
        name: 'RenderFailed',
      });
    }
  });
});
