import type { Json, JsonObject } from '../context/view';
import type { Reporter } from '../diagnostics/reporter';
import { LIMITS } from '../limits';
import type {
  JsonTemplate,
  SectionGroup,
  SectionSchema,
  SettingGroup,
  SettingSchema,
} from '../model/templates';
import { asWord, checkSettings, isJsonObject } from '../schema/check-settings';
import { JsonSource } from '../schema/json-source';
import { emptyValue, settingProblem, settingType, withColours } from '../schema/setting-values';
import type { ThemeSource } from './read-theme';

/** The values and forms of `config/`. */
export interface ThemeSettings {
  readonly groups: readonly SettingGroup[];
  readonly settings: readonly SettingSchema[];
  readonly values: JsonObject;
  readonly presets: Readonly<Record<string, JsonObject>>;
}

function read(file: string, text: string | undefined, reporter: Reporter): JsonSource | null {
  return text === undefined
    ? null
    : JsonSource.read(file, { full: text, text, offset: 0 }, reporter);
}

/** Reads `settings_schema.json` and `settings_data.json` (2.9). */
export function readSettings(source: ThemeSource, reporter: Reporter): ThemeSettings {
  const schema = read(
    'config/settings_schema.json',
    source.config.get('config/settings_schema'),
    reporter,
  );
  const groups =
    schema && Array.isArray(schema.value) ? (schema.value as unknown as SettingGroup[]) : [];
  if (schema && !Array.isArray(schema.value))
    schema.report('', 'J_SCHEMA', 'settings_schema.json is a list of groups');
  const settings = groups.flatMap((group, i) =>
    schema
      ? checkSettings(schema, (group as unknown as JsonObject)?.['settings'], `/${i}/settings`, {
          theme: true,
        })
      : [],
  );
  if (groups.length > LIMITS.settingGroups + 1 || settings.length > LIMITS.themeSettings)
    schema?.report(
      '',
      'J_SCHEMA',
      `at most ${LIMITS.settingGroups} groups and ${LIMITS.themeSettings} settings`,
    );
  checkUnique(schema, groups);
  if (settings.filter((one) => one.type === 'color_scheme_group').length > 1)
    schema?.report('', 'J_SCHEMA', 'color_scheme_group stands once');
  const data = read(
    'config/settings_data.json',
    source.config.get('config/settings_data'),
    reporter,
  );
  const root = isJsonObject(data?.value) ? data.value : {};
  const presets = isJsonObject(root['presets'])
    ? (root['presets'] as Record<string, JsonObject>)
    : {};
  if (Object.keys(presets).length > LIMITS.presets)
    data?.report('/presets', 'J_SCHEMA', `at most ${LIMITS.presets} presets`);
  const current = root['current'];
  if (typeof current === 'string' && !Object.hasOwn(presets, current))
    data?.report('/current', 'J_SCHEMA', `there is no preset "${current}"`, {
      name: current,
      among: Object.keys(presets),
    });
  const chosen =
    typeof current === 'string' ? presets[current] : isJsonObject(current) ? current : undefined;
  const pointer = typeof current === 'string' ? `/presets/${current}` : '/current';
  const note = (id: string, text: string, meant?: Meant) =>
    data?.report(`${pointer}/${id}`, 'J_VALUE', text, meant);
  return { groups, settings, values: completeSettings(settings, chosen ?? {}, note), presets };
}

function checkUnique(schema: JsonSource | null, groups: readonly SettingGroup[]): void {
  const seen = new Set<string>();
  for (const [i, group] of groups.entries())
    for (const [j, setting] of (group?.settings ?? []).entries()) {
      if (!setting?.id) continue;
      if (seen.has(setting.id))
        schema?.report(
          `/${i}/settings/${j}/id`,
          'C_DUP_ID',
          `the id "${setting.id}" is used twice`,
        );
      seen.add(setting.id);
    }
}

/** A name that is not known, and those that it could stand for. */
interface Meant {
  readonly name: string;
  readonly among: Iterable<string>;
}

/** Values by schema: defaults for what is missing or does not fit, unknown keys dropped; each noted, none fatal (2.2). */
export function completeSettings(
  schemas: readonly SettingSchema[],
  given: JsonObject,
  note: (id: string, text: string, meant?: Meant) => void,
): JsonObject {
  const out: JsonObject = {};
  for (const schema of schemas) {
    if (schema.id === undefined) continue;
    const value = Object.hasOwn(given, schema.id) ? given[schema.id] : undefined;
    const problem = value === undefined ? '' : valueProblem(value, schema);
    if (value !== undefined && problem !== null)
      note(
        schema.id,
        `"${schema.id}" does not fit its type ${schema.type}: ${problem}; the default is used`,
      );
    out[schema.id] =
      problem === null && value !== undefined ? withColours(schema, value) : emptyValue(schema);
  }
  for (const key of Object.keys(given))
    if (!Object.hasOwn(out, key))
      note(key, `there is no setting "${key}"; it is dropped`, {
        name: key,
        among: Object.keys(out).filter((one) => !Object.hasOwn(given, one)),
      });
  return out;
}

function valueProblem(value: Json, schema: SettingSchema): string | null {
  if (!isJsonObject(value) || value['$from'] === undefined) return settingProblem(value, schema);
  if (!isSource(value)) return `$from begins with one of ${[...ROOTS].join(', ')}`;
  return settingType(schema)?.dynamic ? null : 'only texts, addresses and images have a source';
}

const ROOTS = new Set(['product', 'collection', 'page', 'article', 'blog', 'shop']);

/** A dynamic source in place of a value: `{"$from": "product.metafields.custom.subtitle"}`. */
export function isSource(value: Json): value is { $from: string } {
  if (!isJsonObject(value) || typeof value['$from'] !== 'string') return false;
  return ROOTS.has(value['$from'].split('.')[0] ?? '') && /^[\w.]{1,200}$/.test(value['$from']);
}

interface Known {
  readonly sections: ReadonlyMap<string, SectionSchema | null>;
  readonly blocks: ReadonlySet<string>;
  readonly layouts: ReadonlySet<string>;
}

/** Checks one JSON template or section group (2.2); null when it cannot be used. */
export function readTemplate(
  file: string,
  text: string,
  known: Known,
  reporter: Reporter,
): JsonTemplate | SectionGroup | null {
  const json = read(file, text, reporter);
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
    json.report('/layout', 'F_MISSING_FILE', `there is no layout/${asWord(layout)}.hbs`);
  checkOrder(json, Object.keys(sections), order);
  for (const [id, section] of Object.entries(sections)) checkInstance(json, id, section, known);
  return value as unknown as JsonTemplate;
}

function checkOrder(json: JsonSource, ids: readonly string[], order: readonly Json[]): void {
  if (ids.length > LIMITS.sectionsPerTemplate)
    json.report(
      '/sections',
      'E_TOO_LARGE',
      `${ids.length} sections; the limit is ${LIMITS.sectionsPerTemplate}`,
    );
  const names = new Set(order.map(asWord));
  if (names.size !== order.length)
    json.report('/order', 'J_ORDER', 'a section stands twice in order');
  for (const id of ids) {
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(id))
      json.report(`/sections/${id}`, 'J_SCHEMA', 'an id has 1 to 64 letters, digits, _ and -');
    if (!names.has(id)) json.report('/order', 'J_ORDER', `"${id}" is missing in order`);
  }
  for (const [i, id] of order.entries())
    if (!ids.includes(asWord(id)))
      json.report(
        `/order/${i}`,
        'J_ORDER',
        `order names "${asWord(id)}", which is no section here`,
        { name: asWord(id), among: ids },
      );
}

function checkInstance(json: JsonSource, id: string, section: Json, known: Known): void {
  const pointer = `/sections/${id}`;
  const type = isJsonObject(section) ? section['type'] : undefined;
  if (!isJsonObject(section) || typeof type !== 'string') {
    json.report(pointer, 'J_SCHEMA', 'a section is an object with a type');
    return;
  }
  if (!known.sections.has(type)) {
    json.report(`${pointer}/type`, 'F_MISSING_SECTION', `there is no sections/${type}.hbs`, {
      name: type,
      among: known.sections.keys(),
    });
    return;
  }
  const schema = known.sections.get(type);
  if (!schema) return;
  const given = isJsonObject(section['settings']) ? section['settings'] : {};
  completeSettings(schema.settings ?? [], given, (key, ...note) =>
    json.report(`${pointer}/settings/${key}`, 'J_VALUE', ...note),
  );
  checkInstanceBlocks(json, section, pointer, { schema, known });
}

function checkInstanceBlocks(
  json: JsonSource,
  section: JsonObject,
  pointer: string,
  { schema, known }: { schema: SectionSchema; known: Known },
): void {
  const blocks = isJsonObject(section['blocks']) ? section['blocks'] : {};
  const entries = Object.entries(blocks);
  const most = schema.max_blocks ?? LIMITS.blocksPerSection;
  if (entries.length > most)
    json.report(
      `${pointer}/blocks`,
      'E_TOO_LARGE',
      `${entries.length} blocks; the limit is ${most}`,
    );
  const allowed = schema.blocks ?? [];
  for (const [id, block] of entries) {
    const type = isJsonObject(block) ? asWord(block['type']) : '';
    const own = allowed.find((one) => one.type === type);
    const themed = known.blocks.has(type) && allowed.some((one) => one.type === '@theme');
    if (!own && !themed)
      json.report(
        `${pointer}/blocks/${id}/type`,
        'F_MISSING_BLOCK',
        `this section takes no block "${type}"`,
        {
          name: type,
          among: allowed.map((one) => one.type),
        },
      );
    else if (own?.settings && isJsonObject(block))
      completeSettings(
        own.settings,
        isJsonObject(block['settings']) ? block['settings'] : {},
        (key, ...note) =>
          json.report(`${pointer}/blocks/${id}/settings/${key}`, 'J_VALUE', ...note),
      );
  }
  const order = section['block_order'];
  if (entries.length > 0 && Array.isArray(order))
    for (const id of order)
      if (!Object.hasOwn(blocks, asWord(id)))
        json.report(
          `${pointer}/block_order`,
          'J_ORDER',
          `block_order names "${asWord(id)}", which is no block here`,
        );
}
