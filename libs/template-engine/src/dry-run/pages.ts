import { GLOBALS } from '../context/globals';
import type { Json, JsonObject } from '../context/view';
import type { ThemeMeta } from '../model/compiled-theme';
import type { DataPlan, LoadedSources } from '../model/data-plan';
import type { PageInput } from '../model/page';
import type { JsonTemplate, SettingSchema } from '../model/templates';
import { fillPlan } from '../plan/fill-plan';
import { planPage } from '../plan/plan-page';
import type { Scenario } from './scenario';
import { Views } from './views';

/** One page to render: a template of a theme under a scenario, in a locale. */
export interface FixturePage {
  readonly template: string;
  readonly scenario: Scenario['name'];
  readonly locale: string;
  readonly input: PageInput;
}

/** Setting types that hold an id, and those that hold several. */
const ONE = new Set([
  'product',
  'collection',
  'page',
  'blog',
  'article',
  'menu',
  'image',
  'video',
  'metaobject',
  'discount',
]);
const SEVERAL = new Set(['product_list', 'collection_list', 'metaobject_list']);

/**
 * The page of a template under a scenario: its sections with every picker filled (or, in the scenario of nulls, empty),
 * and every object of the format made from the table of shapes.
 */
export function fixturePage(
  meta: ThemeMeta,
  template: string,
  scenario: Scenario,
  locale: string,
): FixturePage {
  const views = new Views(scenario);
  const plan = planPage(meta, {
    template: withPicks(meta.templates[template]!, meta, scenario),
    groups: Object.fromEntries(
      Object.entries(meta.groups).map(([name, group]) => [name, withPicks(group, meta, scenario)]),
    ),
  });
  const globals = globalsOf(plan, views, { template, locale, scenario });
  const assets = Object.fromEntries(meta.assets.map((name) => [name, `/assets/${name}`]));
  const input = fillPlan(plan, loadedFor(plan, views), { globals, assets });
  return { template, scenario: scenario.name, locale, input };
}

function withPicks<T extends JsonTemplate>(template: T, meta: ThemeMeta, scenario: Scenario): T {
  if (scenario.name === 'empty' || scenario.nulls) return template;
  const sections = Object.fromEntries(
    Object.entries(template.sections).map(([id, section]) => {
      const schema = meta.sections[section.type]?.schema;
      const blocks = Object.entries(section.blocks ?? {}).map(([blockId, block]) => {
        const own = schema?.blocks?.find((one) => one.type === block.type)?.settings;
        const settings = own ?? meta.blocks[block.type]?.schema.settings;
        return [blockId, { ...block, settings: picked(settings, block.settings) }] as const;
      });
      const settings = picked(schema?.settings, section.settings);
      return [id, { ...section, settings, blocks: Object.fromEntries(blocks) }];
    }),
  );
  return { ...template, sections };
}

function picked(schema: readonly SettingSchema[] = [], given: JsonObject = {}): JsonObject {
  return { ...picks(schema), ...withoutEmpty(given) };
}

function withoutEmpty(settings: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== null && value !== ''),
  );
}

function picks(schema: readonly SettingSchema[]): JsonObject {
  return Object.fromEntries(
    schema.flatMap((one): [string, Json][] => {
      if (ONE.has(one.type) && one.default === undefined) return [[one.id, 'fixture']];
      if (!SEVERAL.has(one.type)) return [];
      return [
        [one.id, Array.from({ length: Math.min(one.limit ?? 12, 50) }, (_, i) => `fixture-${i}`)],
      ];
    }),
  );
}

function loadedFor(plan: DataPlan, views: Views): LoadedSources {
  return Object.fromEntries(
    plan.sources.flatMap((source): [string, Json][] => {
      // Pictures of the theme are the theme's own: the plan fills them.
      if (source.kind === 'image' && source.ref !== 'fixture') return [];
      const view = views.make(source.kind, '', source.kind === 'collection' ? 0 : 1);
      if (
        source.kind === 'collection' &&
        typeof view === 'object' &&
        view &&
        !Array.isArray(view)
      ) {
        const products = view['products'];
        if (Array.isArray(products)) view['products'] = products.slice(0, source.limit);
      }
      return [[source.key, view]];
    }),
  );
}

function globalsOf(
  plan: DataPlan,
  views: Views,
  of: { template: string; locale: string; scenario: Scenario },
): PageInput['globals'] {
  const type = of.template.split(/[./]/)[0]!;
  const globals: Record<string, Json> = {};
  for (const name of plan.globals) {
    const spec = GLOBALS[name];
    if (!spec || name === 'section' || name === 'block' || name === 'settings') continue;
    const absent = spec.pages && !spec.pages.includes(type);
    const empty = spec.nullable && (of.scenario.nulls || of.scenario.items === 0);
    globals[name] = absent || empty ? null : views.make(spec.kind);
  }
  globals['menus'] = Object.fromEntries(plan.menus.map((handle) => [handle, views.make('menu')]));
  globals['request'] = requestOf(type, of.locale);
  globals['template'] = { name: type, suffix: null };
  if (typeof globals['shop'] === 'object')
    Object.assign(globals['shop'] as JsonObject, {
      currency: 'EUR',
      email: 'hello@fixture.example',
    });
  return globals;
}

function requestOf(type: string, locale: string): JsonObject {
  return {
    path: '/fixture',
    query: {},
    page_type: type,
    host: 'fixture.example',
    locale,
    dir: /^(ar|fa|he|ur)\b/.test(locale) ? 'rtl' : 'ltr',
    country: 'DE',
    currency: 'EUR',
    design_mode: false,
    canonical_url: 'https://fixture.example/fixture',
    page: 1,
  };
}
