import { SHAPES } from '../context/shapes';
import type { Json } from '../context/view';
import { LIMITS } from '../limits';
import { asWord } from '../schema/check-settings';
import { settingType } from '../schema/setting-values';
import type { SectionMeta } from '../model/compiled-theme';
import type { DataSource, Need, SourceKind } from '../model/data-plan';
import type { DataEntry, SettingSchema } from '../model/templates';

/** What the markup reads of the values behind settings. */
export interface Reading {
  readonly meta: Pick<SectionMeta, 'deps' | 'limits'> | null;
  /** `section.settings`, `section.blocks[].settings`, `block.settings` or `settings`. */
  readonly prefix: string;
  readonly data?: Readonly<Record<string, DataEntry>>;
  /** Values of the settings that limits may name. */
  readonly values: Readonly<Record<string, Json>>;
}

/** Sources of a page, each once, with the greatest limit and the fullest fields that anybody asked for. */
export class SourceCollector {
  readonly sources = new Map<string, DataSource>();
  readonly notes: string[] = [];
  private products = 0;
  /** What was asked for on the page and in this section; a list of products is one thing. */
  private readonly asked = new Set<string>();
  private here = new Set<string>();

  /** Begins a section, which may name so many sources of its own. */
  enterSection(): void {
    this.here = new Set();
  }

  /** The needs of some settings; `at` is where the settings stand in the section. */
  needsOf(
    schemas: readonly SettingSchema[],
    values: Readonly<Record<string, Json>>,
    at: readonly (string | number)[],
    reading: Reading,
  ): Need[] {
    return schemas.flatMap((schema) => {
      const value = values[schema.id];
      if (value === undefined || value === null || value === '') return [];
      const place = [...at, schema.id];
      if (schema.type === 'font')
        return [{ at: place, keys: [`font:${asWord(value)}`], many: false }];
      if (schema.type === 'url') return this.refNeed(asWord(value), place);
      const pointer = settingType(schema)?.points;
      if (!pointer || (typeof value === 'object' && !Array.isArray(value))) return [];
      const refs = Array.isArray(value) ? value.map(asWord) : [asWord(value)];
      if (refs.length > LIMITS.productsPerSource)
        this.notes.push(`${schema.id}: only the first ${LIMITS.productsPerSource} are shown`);
      if (!this.mayAsk(`${pointer.kind}:${refs.join(' ')}`, schema.id))
        return [{ at: place, keys: [], many: pointer.many }];
      const keys = refs
        .slice(0, LIMITS.productsPerSource)
        .map((ref) => typedRef(ref, schema))
        .map((ref) => this.add(pointer.kind, ref, schema, { ...reading, many: pointer.many }))
        .filter((key) => key !== null);
      return [{ at: place, keys, many: pointer.many }];
    });
  }

  /** Counts one more source of the section and page; false, with a note, beyond the caps of 2.8. */
  private mayAsk(ask: string, setting: string): boolean {
    const inSection = this.here.has(ask) || this.here.size < LIMITS.sourcesPerSection;
    const onPage = this.asked.has(ask) || this.asked.size < LIMITS.sourcesPerPage;
    if (!inSection)
      this.notes.push(`more than ${LIMITS.sourcesPerSection} sources in a section: ${setting}`);
    else if (!onPage)
      this.notes.push(`more than ${LIMITS.sourcesPerPage} sources on a page: ${setting}`);
    if (!inSection || !onPage) return false;
    this.here.add(ask);
    this.asked.add(ask);
    return true;
  }

  private refNeed(value: string, at: readonly (string | number)[]): Need[] {
    const match = /^ref:(product|collection|page|blog|article):(.{1,200})$/.exec(value);
    if (!match) return [];
    const [, kind = 'page', ref = ''] = match;
    if (!this.mayAsk(`${kind}:${ref}`, String(at.at(-1))))
      return [{ at, keys: [], many: false, take: 'url' }];
    const key = this.put({
      key: `${kind}:${ref}`,
      kind: kind as SourceKind,
      ref,
      limit: 0,
      fields: 'card',
    });
    return [{ at, keys: key === null ? [] : [key], many: false, take: 'url' }];
  }

  private add(
    kind: SourceKind,
    ref: string,
    schema: SettingSchema,
    reading: Reading & { many: boolean },
  ): string | null {
    const path = `${reading.prefix}.${schema.id}${reading.many ? '[]' : ''}`;
    const entry = Object.values(reading.data ?? {}).find(
      (one) => one.source === `settings.${schema.id}`,
    );
    const limit =
      kind === 'collection'
        ? limitOf(`${path}.products`, entry, reading)
        : kind === 'blog'
          ? limitOf(`${path}.articles`, entry, reading)
          : 0;
    const items = kind === 'collection' ? `${path}.products[]` : path;
    return this.put({
      key: `${kind}:${ref}`,
      kind,
      ref,
      limit,
      fields: entry?.fields ?? fieldsRead(reading, items),
    });
  }

  private put(source: DataSource): string | null {
    const known = this.sources.get(source.key);
    const mine = costOf(source.kind);
    if (!known && this.products + mine > LIMITS.productsPerPage) {
      this.notes.push(
        `more than ${LIMITS.productsPerPage} products on a page: ${source.key} is left out`,
      );
      return null;
    }
    const limit = Math.max(known?.limit ?? 0, source.limit);
    if (!known) this.products += mine;
    const more = source.kind === 'collection' ? limit - (known?.limit ?? 0) : 0;
    const room = Math.max(0, LIMITS.productsPerPage - this.products);
    const granted = Math.min(more, room);
    if (granted < more)
      this.notes.push(
        `more than ${LIMITS.productsPerPage} products on a page: ${source.key} is cut`,
      );
    this.products += granted;
    this.sources.set(source.key, {
      ...source,
      limit: source.kind === 'collection' ? (known?.limit ?? 0) + granted : limit,
      fields: known ? bothFields(known.fields, source.fields) : source.fields,
    });
    return source.key;
  }
}

/** What a source itself counts for among the products of a page. */
function costOf(kind: SourceKind): number {
  return kind === 'product' ? 1 : 0;
}

/** The fields that serve two readers of the same source. */
function bothFields(a: DataSource['fields'], b: DataSource['fields']): DataSource['fields'] {
  if (a === b) return a;
  if (a === 'full' || b === 'full') return 'full';
  const list = [...(a === 'card' ? [] : a), ...(b === 'card' ? [] : b)];
  if (a !== 'card' && b !== 'card') return [...new Set(list)];
  return list.every((field) => Object.hasOwn(SHAPES.product_card, field)) ? 'card' : 'full';
}

function limitOf(path: string, entry: DataEntry | undefined, reading: Reading): number {
  const read = reading.meta?.deps.paths.some(
    (one) => one === path || one.startsWith(`${path}[`) || one.startsWith(`${path}.`),
  );
  const asked = entry?.limit ?? reading.meta?.limits[path];
  if (asked === undefined) return read ? LIMITS.productsPerSource : 0;
  const value =
    typeof asked === 'number' ? asked : reading.values[asked.replace(/^settings\./, '')];
  const count =
    typeof value === 'number' && value >= 0 ? Math.trunc(value) : LIMITS.productsPerSource;
  return Math.min(LIMITS.productsPerSource, count);
}

/** `card` as long as only fields of a card are read, else `full`. */
function fieldsRead(reading: Reading, path: string): 'card' | 'full' {
  const prefix = `${path}.`;
  const fields = (reading.meta?.deps.paths ?? [])
    .filter((one) => one.startsWith(prefix))
    .map((one) => one.slice(prefix.length).split(/[.[]/)[0] ?? '');
  return fields.every((field) => Object.hasOwn(SHAPES.product_card, field)) ? 'card' : 'full';
}

/** Handles of metaobjects are their type's own, so the type that the setting names stands before them. */
function typedRef(ref: string, { metaobject_type: type }: SettingSchema): string {
  return type === undefined ? ref : `${type}/${ref}`;
}
