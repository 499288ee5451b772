import { PAGE_TYPES } from '../context/globals';
import type { Json, JsonObject } from '../context/view';
import type { Reporter } from '../diagnostics/reporter';
import { LIMITS } from '../limits';
import type { BlockSchema, JsonTemplate, SectionGroup, SectionSchema } from '../model/templates';
import { asWord, isJsonObject } from '../schema/check-settings';
import type { JsonSource } from '../schema/json-source';
import { mayStand, type SectionPlace } from '../schema/places';
import { completeSettings, readJson } from './theme-data';

/** A section or block file as templates see it. */
export interface KnownFile {
  /** Null when it cannot be read. */
  readonly schema: SectionSchema | null;
  /** Blocks that its markup always shows, by id. */
  readonly fixed: ReadonlyMap<string, string>;
  /** Something in it is wrong: where it may stand is not judged by it. */
  readonly failed: boolean;
}

interface Known {
  readonly sections: ReadonlyMap<string, KnownFile>;
  readonly blocks: ReadonlyMap<string, KnownFile>;
  readonly layouts: ReadonlySet<string>;
}

/** Page types that have a template, beside those of the account. */
const TEMPLATES = [...PAGE_TYPES, 'password', 'gift_card'];
/** The kinds of section groups. */
export const GROUP_TYPES = ['header', 'footer', 'aside', 'custom'];
const INSTANCE_KEYS = ['type', 'name', 'settings', 'disabled', 'blocks', 'block_order'];

/** Checks one JSON template or section group (2.2); null when it cannot be used. */
export function readTemplate(
  file: string,
  text: string,
  known: Known,
  reporter: Reporter,
): JsonTemplate | SectionGroup | null {
  const json = readJson(file, text, reporter);
  if (!json) return null;
  const value = json.value;
  const sections = isJsonObject(value) ? value['sections'] : undefined;
  const order = isJsonObject(value) ? value['order'] : undefined;
  if (!isJsonObject(value) || !isJsonObject(sections) || !Array.isArray(order)) {
    json.report('', 'J_SCHEMA', 'a template has "sections" (an object) and "order" (a list)');
    return null;
  }
  const layout = value['layout'];
  if (layout !== undefined && layout !== false && !known.layouts.has(asWord(layout)))
    json.report('/layout', 'F_MISSING_FILE', `there is no layout/${asWord(layout)}.hbs`, {
      name: asWord(layout),
      among: known.layouts,
    });
  const place = placeOf(json, value, reporter);
  const ids = Object.keys(sections);
  if (ids.length > LIMITS.sectionsPerTemplate)
    json.report(
      '/sections',
      'E_TOO_LARGE',
      `${ids.length} sections; the limit is ${LIMITS.sectionsPerTemplate}`,
    );
  for (const id of ids)
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(id))
      json.report(`/sections/${id}`, 'J_SCHEMA', 'an id has 1 to 64 letters, digits, _ and -');
  checkOrder(json, '/order', ids, order);
  const instances = new Instances(json, known);
  for (const [id, section] of Object.entries(sections))
    instances.section(`/sections/${id}`, section, place);
  return value as unknown as JsonTemplate;
}

/** Where the sections of a file stand; what is of no known type is told, and they are not judged by it. */
function placeOf(json: JsonSource, value: JsonObject, reporter: Reporter): SectionPlace | null {
  const [folder, name = ''] = json.file.split(/\/(.*)\.json$/s);
  if (folder === 'sections') {
    const type = asWord(value['type']);
    if (!GROUP_TYPES.includes(type))
      json.report('/type', 'J_SCHEMA', `the type of a group is one of ${GROUP_TYPES.join(', ')}`, {
        name: type,
        among: GROUP_TYPES,
      });
    return { group: name, groupType: type };
  }
  const page = name.split('.')[0]!;
  if (page.startsWith('customers/') || TEMPLATES.includes(page)) return { template: name };
  reporter.file(json.file, 'F_PATH', `no page is made of templates/${page}.json`, {
    suggest: { name: page, among: TEMPLATES },
  });
  return null;
}

/** What an order lists: every key once, and nothing else. */
function checkOrder(
  json: JsonSource,
  pointer: string,
  ids: readonly string[],
  order: readonly Json[],
): void {
  const key = pointer.slice(pointer.lastIndexOf('/') + 1);
  const what = key === 'order' ? 'section' : 'block';
  const names = new Set(order.map(asWord));
  if (names.size !== order.length)
    json.report(pointer, 'J_ORDER', `a ${what} stands twice in ${key}`);
  const missing = ids.filter((id) => !names.has(id)).map((id) => `"${id}"`);
  if (missing.length > 0)
    json.report(
      pointer,
      'J_ORDER',
      `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing in ${key}`,
      // A block that is not in the order is only not shown.
      what === 'block' ? { severity: 'warning' } : {},
    );
  for (const [i, id] of order.entries())
    if (!ids.includes(asWord(id)))
      json.report(
        `${pointer}/${i}`,
        'J_ORDER',
        `${key} names "${asWord(id)}", which is no ${what} here`,
        { name: asWord(id), among: ids },
      );
}

/** Checks sections of a file and the blocks in them. */
class Instances {
  private readonly counts = new Map<string, number>();

  constructor(
    private readonly json: JsonSource,
    private readonly known: Known,
  ) {}

  section(pointer: string, section: Json, place: SectionPlace | null): void {
    const { json, known } = this;
    const type = isJsonObject(section) ? section['type'] : undefined;
    if (!isJsonObject(section) || typeof type !== 'string') {
      json.report(pointer, 'J_SCHEMA', 'a section is an object with a type');
      return;
    }
    const file = known.sections.get(type);
    if (!file) {
      json.report(`${pointer}/type`, 'F_MISSING_SECTION', `there is no sections/${type}.hbs`, {
        name: type,
        among: known.sections.keys(),
      });
      return;
    }
    this.keys(pointer, section, 'section');
    const { schema } = file;
    if (!schema) return;
    const at = `${pointer}/type`;
    if (place && !file.failed && !mayStand(schema, place)) {
      const rule = schema.enabled_on ? 'enabled_on' : 'disabled_on';
      json.report(at, 'C_PLACE', `sections/${type}.hbs may not stand here by its "${rule}"`);
    }
    const count = this.count(type);
    if (section['disabled'] !== true && count === (schema.limit ?? Infinity) + 1)
      json.report(at, 'C_PLACE', `sections/${type}.hbs stands here ${schema.limit} times at most`);
    this.inside(pointer, section, file, schema.settings);
  }

  private count(type: string): number {
    const count = (this.counts.get(type) ?? 0) + 1;
    this.counts.set(type, count);
    return count;
  }

  private keys(pointer: string, value: JsonObject, what: string): void {
    for (const key of Object.keys(value))
      if (!INSTANCE_KEYS.includes(key))
        this.json.report(`${pointer}/${key}`, 'J_VALUE', `a ${what} here has no "${key}"`, {
          name: key,
          among: INSTANCE_KEYS,
        });
  }

  /** Settings and blocks of a section or block. */
  private inside(
    pointer: string,
    value: JsonObject,
    file: KnownFile | null,
    settings: SectionSchema['settings'],
  ): void {
    const given = isJsonObject(value['settings']) ? value['settings'] : {};
    completeSettings(settings ?? [], given, (key, ...note) =>
      this.json.report(`${pointer}/settings/${key}`, 'J_VALUE', ...note),
    );
    if (file?.schema) this.blocks(pointer, value, file, file.schema);
  }

  private blocks(
    pointer: string,
    owner: JsonObject,
    { fixed }: KnownFile,
    schema: SectionSchema,
  ): void {
    const { json } = this;
    const blocks = isJsonObject(owner['blocks']) ? owner['blocks'] : {};
    const entries = Object.entries(blocks).filter(([id]) => !fixed.has(id));
    const most = schema.max_blocks ?? LIMITS.blocksPerSection;
    if (entries.length > most)
      json.report(
        `${pointer}/blocks`,
        'E_TOO_LARGE',
        `${entries.length} blocks; the limit is ${most}`,
      );
    for (const [id, block] of Object.entries(blocks))
      this.block(`${pointer}/blocks/${id}`, block, schema.blocks ?? [], fixed.get(id));
    const order = owner['block_order'];
    if (!Array.isArray(order)) return;
    const movable = entries.map(([id]) => id);
    checkOrder(
      json,
      `${pointer}/block_order`,
      movable,
      order.filter((id) => !fixed.has(asWord(id))),
    );
  }

  /** @param fixedType the type of a block that the markup always shows */
  private block(
    pointer: string,
    block: Json,
    allowed: readonly BlockSchema[],
    fixedType: string | undefined,
  ): void {
    const { json, known } = this;
    const type = isJsonObject(block) ? asWord(block['type']) : '';
    const own = allowed.find((one) => one.type === type);
    const file = own?.settings ? null : (known.blocks.get(type) ?? null);
    const themed = file !== null && allowed.some((one) => one.type === '@theme');
    if (!isJsonObject(block) || !(own || themed || fixedType === type)) {
      json.report(`${pointer}/type`, 'F_MISSING_BLOCK', `no block "${type}" may stand here`, {
        name: type,
        among: [
          ...allowed.map((one) => one.type),
          ...(themedNames(allowed) ? known.blocks.keys() : []),
        ],
      });
      return;
    }
    this.keys(pointer, block, 'block');
    // A file that cannot be read has settings that are not known.
    if (file && !file.schema) return;
    this.inside(pointer, block, file, file ? file.schema?.settings : own?.settings);
  }
}

function themedNames(allowed: readonly BlockSchema[]): boolean {
  return allowed.some((one) => one.type === '@theme');
}
