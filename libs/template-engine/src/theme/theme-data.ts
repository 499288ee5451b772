import type { Json, JsonObject } from '../context/view';
import type { Reporter } from '../diagnostics/reporter';
import { LIMITS } from '../limits';
import type { SettingGroup, SettingSchema } from '../model/templates';
import { checkSettings, idsOf, isJsonObject } from '../schema/check-settings';
import { JsonSource } from '../schema/json-source';
import { emptyValue, settingProblem, settingType, withColours } from '../schema/setting-values';
import { objectsIn } from '../schema/well-formed';
import type { ThemeSource } from './read-theme';

/** The values and forms of `config/`. */
export interface ThemeSettings {
  readonly groups: readonly SettingGroup[];
  readonly settings: readonly SettingSchema[];
  readonly values: JsonObject;
  readonly presets: Readonly<Record<string, JsonObject>>;
  /** Ids of settings that were refused. */
  readonly refused: readonly string[];
  /** False when their file is there and cannot be read. */
  readonly readable: boolean;
}

/** Reads a JSON file of a theme; null when it is not there or cannot be read. */
export function readJson(
  file: string,
  text: string | undefined,
  reporter: Reporter,
): JsonSource | null {
  return text === undefined
    ? null
    : JsonSource.read(file, { full: text, text, offset: 0 }, reporter);
}

/** Reads `settings_schema.json` and `settings_data.json` (2.9). */
export function readSettings(source: ThemeSource, reporter: Reporter): ThemeSettings {
  const text = source.config.get('config/settings_schema');
  const schema = readJson('config/settings_schema.json', text, reporter);
  const list = schema && Array.isArray(schema.value) ? schema.value : [];
  const groups = list.map(groupOf) as unknown as SettingGroup[];
  if (schema && !Array.isArray(schema.value))
    schema.report('', 'J_SCHEMA', 'settings_schema.json is a list of groups');
  const own = list.map((group) => (isJsonObject(group) ? group['settings'] : undefined));
  const settings = own.flatMap((one, i) =>
    schema ? checkSettings(schema, one, `/${i}/settings`, { theme: true }) : [],
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
  const refused = own.flatMap(idsOf).filter((id) => !settings.some((one) => one.id === id));
  const readable = text === undefined || schema !== null;
  const known = { groups, settings, refused, readable };
  return { ...known, ...readValues(source, known, reporter) };
}

/** A group with nothing in its list but objects. */
function groupOf(group: Json): Json {
  if (!isJsonObject(group) || !Object.hasOwn(group, 'settings')) return group;
  return { ...group, settings: objectsIn(group['settings']) };
}

function readValues(
  source: ThemeSource,
  known: Pick<ThemeSettings, 'settings' | 'refused' | 'readable'>,
  reporter: Reporter,
): Pick<ThemeSettings, 'values' | 'presets'> {
  const file = 'config/settings_data.json';
  const data = readJson(file, source.config.get('config/settings_data'), reporter);
  const root = isJsonObject(data?.value) ? data.value : {};
  const given = isJsonObject(root['presets']) ? root['presets'] : {};
  const presets = given as Record<string, JsonObject>;
  if (Object.keys(presets).length > LIMITS.presets)
    data?.report('/presets', 'J_SCHEMA', `at most ${LIMITS.presets} presets`);
  const current = root['current'];
  if (typeof current === 'string' && !Object.hasOwn(presets, current))
    data?.report('/current', 'J_SCHEMA', `there is no preset "${current}"`, {
      name: current,
      among: Object.keys(presets),
    });
  const complete = (values: Json | undefined, pointer: string) =>
    completeSettings(known.settings, isJsonObject(values) ? values : {}, (id, ...note) => {
      if (known.readable && !known.refused.includes(id))
        data?.report(`${pointer}/${id}`, 'J_VALUE', ...note);
    });
  for (const [name, values] of Object.entries(given)) complete(values, `/presets/${name}`);
  const values =
    typeof current === 'string'
      ? complete(presets[current], `/presets/${current}`)
      : complete(current, '/current');
  return { values, presets };
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
export interface Meant {
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
    // Of a type that does not exist nothing fits; that the type does not is told once.
    const typed = settingType(schema) !== undefined;
    const problem = value === undefined ? '' : typed ? valueProblem(value, schema) : null;
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
