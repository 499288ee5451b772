import type { Json, JsonObject } from '../context/view';
import type { Reads, SectionMeta, ThemeMeta } from '../model/compiled-theme';
import type { DataPlan, Need, PlannedBlock, PlannedSection, PlanRequest } from '../model/data-plan';
import type {
  BlockData,
  JsonTemplate,
  SectionData,
  SectionGroup,
  SettingSchema,
} from '../model/templates';
import { LIMITS } from '../limits';
import { parseVideoUrl } from '../schema/video-url';
import { mayStand, type SectionPlace } from '../schema/places';
import { plannedSource } from './dynamic-source';
import { completeSettings, isSource } from '../theme/theme-data';
import { asWord } from '../schema/check-settings';
import { SourceCollector } from './collect-sources';

/**
 * Plans one page (2.8): its sections in order with settings completed, and everything that has to be loaded for them.
 * Pure in its arguments, so that a plan may be kept as long as theme version and template stay.
 */
export function planPage(meta: ThemeMeta, request: PlanRequest): DataPlan {
  const collector = new SourceCollector();
  const schemas = meta.settingsSchema
    .flatMap((group) => group.settings ?? [])
    .filter((one) => one.id !== undefined);
  const settings = completeSettings(
    schemas,
    { ...meta.settings, ...request.settings },
    () => undefined,
  );
  const schemes = schemesOf(schemas, settings);
  const planner = new Planner(meta, collector, schemes, request.type ?? null);
  for (const schema of schemas) settings[schema.id] = planner.look(schema, settings[schema.id]);
  const sections = request.only ? onlySections(planner, request) : allSections(planner, request);
  const layout = request.only ? false : (request.template.layout ?? 'theme');
  const reads = allReads(meta, sections, layout);
  const all = { deps: { public: true, globals: [], paths: reads.paths, menus: [] }, limits: {} };
  const read = request.only ? schemas.filter(({ id }) => readsSetting(reads.paths, id)) : schemas;
  const settingNeeds = collector.needsOf(read, settings, [], {
    meta: all,
    prefix: 'settings',
    values: settings,
  });
  const sources = [...collector.sources.values()];
  return {
    layout,
    wrapper: request.only ? null : (request.template.wrapper ?? null),
    sections,
    sources,
    settings,
    settingNeeds,
    fonts: meta.fonts ?? {},
    globals: [
      ...new Set([...reads.paths.map((path) => path.split(/[.[]/)[0] ?? ''), ...planner.roots]),
    ],
    layoutGlobals: layout === false ? [] : (meta.layouts[layout]?.globals ?? []),
    paths: [...new Set([...reads.paths, ...planner.from])],
    menus: [
      ...new Set([
        ...reads.menus,
        ...sources.flatMap((one) => (one.kind === 'menu' ? [one.ref] : [])),
      ]),
    ],
    pagination: paginationOf(meta, sections),
    notes: collector.notes,
  };
}

function allSections(planner: Planner, { template, groups = {} }: PlanRequest): PlannedSection[] {
  return [
    ...Object.entries(groups).flatMap(([name, group]) => planner.template(group, name)),
    ...planner.template(template, 'template'),
  ];
}

/** An id that template and group share means the template's section. */
function onlySections(
  planner: Planner,
  { template, groups = {}, only = [] }: PlanRequest,
): PlannedSection[] {
  const sections = planner.template(template, 'template', only);
  for (const [name, group] of Object.entries(groups)) {
    const left = only.filter((id) => !sections.some((section) => section.id === id));
    sections.push(...planner.template(group, name, left));
  }
  return sections;
}

/** Whether the theme setting is read by its name, or all are by a computed one. */
function readsSetting(paths: readonly string[], id: string): boolean {
  const path = `settings.${id}`;
  return paths.some(
    (one) =>
      one === 'settings' ||
      one.startsWith('settings[') ||
      one === path ||
      one.startsWith(`${path}.`) ||
      one.startsWith(`${path}[`),
  );
}

/** The colour schemes of the theme settings, by id. */
function schemesOf(schemas: readonly SettingSchema[], settings: JsonObject): JsonObject {
  const group = schemas.find((schema) => schema.type === 'color_scheme_group');
  const value = group ? settings[group.id] : undefined;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

interface PlanEntry {
  readonly id: string;
  readonly data: SectionData;
  readonly meta: SectionMeta;
}

class Planner {
  /** Paths and roots of dynamic sources. */
  readonly from: string[] = [];
  readonly roots: string[] = [];

  constructor(
    private readonly meta: ThemeMeta,
    private readonly collector: SourceCollector,
    private readonly schemes: JsonObject,
    private readonly pageType: string | null,
  ) {}

  /** The sections of a template or group in order; with `only` those of these ids. */
  template(template: JsonTemplate, location: string, only?: readonly string[]): PlannedSection[] {
    return this.allowed(template, location)
      .slice(0, LIMITS.sectionsPerTemplate)
      .map((entry, index) => ({ entry, place: { location, index } }))
      .filter(({ entry }) => only === undefined || only.includes(entry.id))
      .map(({ entry, place }) => this.section(entry, place));
  }

  /** The sections that may stand there, in order; what may not is left out and noted for the editor. */
  private allowed(template: JsonTemplate, location: string): PlanEntry[] {
    const counts = new Map<string, number>();
    const place = this.placeOf(template, location);
    return template.order.flatMap((id) => {
      const data = Object.hasOwn(template.sections, id) ? template.sections[id] : undefined;
      const meta =
        data && !data.disabled && Object.hasOwn(this.meta.sections, data.type)
          ? this.meta.sections[data.type]
          : undefined;
      if (!data || !meta) return [];
      const count = (counts.get(data.type) ?? 0) + 1;
      counts.set(data.type, count);
      const away = place !== null && !mayStand(meta.schema, place);
      const over = count > (meta.schema.limit ?? Infinity);
      if (away) this.collector.notes.push(`${id}: a section "${data.type}" may not stand here`);
      else if (over)
        this.collector.notes.push(`${id}: at most ${meta.schema.limit} "${data.type}" stand here`);
      return away || over ? [] : [{ id, data, meta }];
    });
  }

  private placeOf(template: JsonTemplate, location: string): SectionPlace | null {
    if (location !== 'template')
      return { group: location, groupType: (template as SectionGroup).type ?? 'custom' };
    return this.pageType === null ? null : { template: this.pageType };
  }

  private section(
    { id, data, meta }: { id: string; data: SectionData; meta: SectionMeta },
    place: { location: string; index: number },
  ): PlannedSection {
    this.collector.enterSection();
    const schemas = (meta.schema.settings ?? []).filter((one) => one.id !== undefined);
    const settings = this.complete(schemas, data.settings ?? {});
    const needs = this.collector.needsOf(schemas, settings, ['settings'], {
      meta,
      prefix: 'section.settings',
      data: meta.schema.data,
      values: settings,
    });
    const blocks = this.blocks(data, meta, { at: ['blocks'], needs, depth: 0 });
    const reads = [meta.deps, ...this.readsOf(blocks)];
    return {
      id,
      type: data.type,
      ...place,
      settings,
      blocks,
      needs,
      public: reads.every((one) => one.public),
      globals: [...new Set(reads.flatMap((one) => one.globals))].sort(),
    };
  }

  private readsOf(blocks: readonly PlannedBlock[]): Reads[] {
    return blocks.flatMap((block) => {
      const own = this.meta.blocks[block.type]?.deps;
      return [...(own ? [own] : []), ...this.readsOf(block.blocks)];
    });
  }

  private complete(schemas: readonly SettingSchema[], given: JsonObject): JsonObject {
    const settings = completeSettings(schemas, given, () => undefined);
    for (const schema of schemas) {
      const value: Json = settings[schema.id] ?? null;
      settings[schema.id] = this.look(schema, value);
      if (schema.type === 'video_url' && typeof value === 'string')
        settings[schema.id] = videoOf(value);
      if (isSource(value)) {
        settings[schema.id] = plannedSource(value.$from, schema);
        this.from.push(value.$from);
        this.roots.push(value.$from.split('.')[0] ?? '');
      }
    }
    return settings;
  }

  /** A value that names something of the theme: a scheme becomes its colours, a font that is gone the default one. */
  look(schema: SettingSchema, value: Json = null): Json {
    if (schema.type === 'color_scheme' && typeof value === 'string') return this.scheme(value);
    if (schema.type !== 'font' || Object.hasOwn(this.meta.fonts ?? {}, asWord(value))) return value;
    return schema.default ?? null;
  }

  /** The colours of a scheme; of the first one when the theme has none of that name. */
  private scheme(id: string): Json {
    const name = Object.hasOwn(this.schemes, id) ? id : (Object.keys(this.schemes)[0] ?? '');
    const colours = this.schemes[name];
    return typeof colours === 'object' && colours !== null && !Array.isArray(colours)
      ? { ...colours, id: name }
      : { id };
  }

  private blocks(
    data: BlockData,
    meta: SectionMeta,
    place: { at: readonly (string | number)[]; needs: Need[]; depth: number },
  ): PlannedBlock[] {
    if (place.depth >= LIMITS.blockNesting) return [];
    const given = data.blocks ?? {};
    const fixed = new Map<string, BlockData>(meta.staticBlocks.map((block) => [block.id, block]));
    const order = [...new Set([...(data.block_order ?? Object.keys(given)), ...fixed.keys()])];
    const entries = order.flatMap((id): [string, BlockData][] => {
      const block = Object.hasOwn(given, id) ? given[id] : fixed.get(id);
      return block && !block.disabled ? [[id, block]] : [];
    });
    return this.allowedBlocks(entries, meta, fixed).map(([id, block], i) =>
      this.block(id, block, meta, { ...place, at: [...place.at, i], fixed: fixed.has(id) }),
    );
  }

  /** The blocks that their owner takes, as many as it takes; the rest is noted for the editor. */
  private allowedBlocks(
    entries: readonly [string, BlockData][],
    { type: owner, schema }: SectionMeta,
    fixed: ReadonlyMap<string, BlockData>,
  ): [string, BlockData][] {
    const counts = new Map<string, number>();
    const most = schema.max_blocks ?? LIMITS.blocksPerSection;
    let kept = 0;
    return entries.filter(([id, { type }]) => {
      if (fixed.has(id)) return true;
      const rules = schema.blocks ?? [];
      const own = rules.find((one) => one.type === type);
      const themed = Object.hasOwn(this.meta.blocks, type);
      const taken = own !== undefined || (themed && rules.some((one) => one.type === '@theme'));
      const count = (counts.get(type) ?? 0) + 1;
      counts.set(type, count);
      const fits = taken && count <= (own?.limit ?? Infinity) && kept < most;
      if (fits) kept++;
      else this.collector.notes.push(`${owner}: the block ${id} of type "${type}" is left out`);
      return fits;
    });
  }

  private block(
    id: string,
    block: BlockData,
    owner: SectionMeta,
    place: { at: readonly (string | number)[]; needs: Need[]; depth: number; fixed: boolean },
  ): PlannedBlock {
    const inline = owner.schema.blocks?.find(
      (one) => one.type === block.type && one.settings !== undefined,
    );
    const file = this.meta.blocks[block.type];
    const schemas = (inline?.settings ?? file?.schema.settings ?? []).filter(
      (one) => one.id !== undefined,
    );
    const settings = this.complete(schemas, block.settings ?? {});
    const reading = inline
      ? { meta: owner, prefix: 'section.blocks[].settings', values: settings }
      : { meta: file ?? null, prefix: 'block.settings', data: file?.schema.data, values: settings };
    place.needs.push(
      ...this.collector.needsOf(schemas, settings, [...place.at, 'settings'], reading),
    );
    const below = { at: [...place.at, 'blocks'], needs: place.needs, depth: place.depth + 1 };
    const blocks = file ? this.blocks(block, file, below) : [];
    return { id, type: block.type, settings, blocks, ...(place.fixed ? { static: true } : {}) };
  }
}

/** The object behind a `video_url`; null when the address is of no host that is known. */
function videoOf(url: string): Json {
  const video = parseVideoUrl(url);
  return video && { ...video, url, mime_type: null, alt: '', poster: null };
}

function allReads(meta: ThemeMeta, sections: readonly PlannedSection[], layout: string | false) {
  const paths = new Set<string>();
  const menus = new Set<string>();
  const add = (deps: { paths: readonly string[]; menus: readonly string[] } | undefined) => {
    for (const path of deps?.paths ?? []) paths.add(path);
    for (const menu of deps?.menus ?? []) menus.add(menu);
  };
  const walk = (blocks: readonly PlannedBlock[]) => {
    for (const block of blocks) {
      add(meta.blocks[block.type]?.deps);
      walk(block.blocks);
    }
  };
  for (const section of sections) {
    add(meta.sections[section.type]?.deps);
    walk(section.blocks);
  }
  if (layout !== false) add(meta.layouts[layout]);
  return { paths: [...paths].sort(), menus: [...menus].sort() };
}

function paginationOf(
  meta: ThemeMeta,
  sections: readonly PlannedSection[],
): DataPlan['pagination'] {
  for (const section of sections) {
    const paginate = meta.sections[section.type]?.paginate;
    if (!paginate) continue;
    const by = typeof paginate.by === 'number' ? paginate.by : section.settings[paginate.by];
    const size =
      typeof by === 'number' && by >= 1
        ? Math.min(LIMITS.pageSize, Math.trunc(by))
        : LIMITS.defaultPageSize;
    return { target: paginate.target, size };
  }
  return null;
}
