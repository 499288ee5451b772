import type { Json, JsonObject } from '../context/view';
import { elsewhere } from '../diagnostics/elsewhere';
import { isDenied, LIMITS } from '../limits';
import type { SettingSchema } from '../model/templates';
import type { JsonSource } from './json-source';
import { SETTING_KEYS, SETTING_TYPES, type SettingType } from './setting-types';
import { settingProblem } from './setting-values';
import { parseVisibleIf } from './visible-if';

/** Says whether a JSON value is an object that is not a list. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A JSON value as a word to compare or to show; objects as JSON, nothing as empty text. */
export function asWord(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The ids that a list of settings names, also those of settings that are refused. */
export function idsOf(list: Json | undefined): string[] {
  return (Array.isArray(list) ? list : []).flatMap((entry) => {
    const id = isJsonObject(entry) ? entry['id'] : undefined;
    return typeof id === 'string' ? [id] : [];
  });
}

/** Where a list of settings stands: in a schema of a file, or in a group of the theme's settings. */
export interface SettingsPlace {
  readonly theme?: true;
}

/** Checks a `settings` list of a schema (2.4) and gives those entries that can be used. */
export function checkSettings(
  source: JsonSource,
  list: Json | undefined,
  pointer: string,
  place: SettingsPlace = {},
): SettingSchema[] {
  if (list === undefined) return [];
  if (!Array.isArray(list)) {
    source.report(pointer, 'J_SCHEMA', 'settings is a list');
    return [];
  }
  const many = `${list.length} settings; the limit is ${LIMITS.settingsPerSchema}`;
  if (list.length > LIMITS.settingsPerSchema) source.report(pointer, 'J_SCHEMA', many);
  else if (list.length > LIMITS.settingsPerSchemaWarning && !place.theme)
    source.report(pointer, 'J_VALUE', `${list.length} settings are hard to find one's way in`);
  const ids = new Set<string>();
  const settings = list.flatMap((entry, i) =>
    checkSetting(source, entry, `${pointer}/${i}`, { ids, ...place }),
  );
  for (const [i, entry] of list.entries())
    checkVisibleIf(source, entry, `${pointer}/${i}/visible_if`, { ids, settings });
  return settings;
}

type Within = SettingsPlace & { readonly ids: Set<string> };

function checkSetting(
  source: JsonSource,
  entry: Json,
  pointer: string,
  { ids, theme }: Within,
): SettingSchema[] {
  if (!isJsonObject(entry) || typeof entry['type'] !== 'string') {
    source.report(pointer, 'J_SCHEMA', 'a setting is an object with a type');
    return [];
  }
  const name = entry['type'];
  const type = Object.hasOwn(SETTING_TYPES, name) ? SETTING_TYPES[name] : undefined;
  if (!type) {
    source.report(`${pointer}/type`, 'J_SCHEMA', `unknown setting type "${name}"`, {
      name,
      among: Object.keys(SETTING_TYPES),
      known: elsewhere.settingType(name),
    });
    return [];
  }
  checkKeys(source, entry, pointer, type);
  if (!type.problem) return [];
  const id = entry['id'];
  if (typeof id !== 'string' || !/^[a-z][a-z0-9_]{0,49}$/.test(id) || isDenied(id)) {
    source.report(
      `${pointer}/id`,
      'J_SCHEMA',
      'a setting id begins with a small letter and has a-z, 0-9 and _ only',
    );
    return [];
  }
  if (ids.has(id)) source.report(`${pointer}/id`, 'C_DUP_ID', `the id "${id}" is used twice`);
  ids.add(id);
  if (name === 'color_scheme_group' && !theme)
    source.report(`${pointer}/type`, 'J_SCHEMA', `${name} stands in settings_schema.json only`);
  const schema = entry as unknown as SettingSchema;
  checkOptions(source, schema, pointer);
  checkDefault(source, schema, pointer);
  return [schema];
}

/** Keys that the type does not have are told; those that it needs must be there. */
function checkKeys(
  source: JsonSource,
  entry: JsonObject,
  pointer: string,
  type: SettingType,
): void {
  const needed = type.keys.filter((key) => key.endsWith('!')).map((key) => key.slice(0, -1));
  const known = [...Object.keys(SETTING_KEYS), ...type.keys.map((key) => key.replace('!', ''))];
  const name = asWord(entry['type']);
  for (const key of Object.keys(entry))
    if (!known.includes(key))
      source.report(`${pointer}/${key}`, 'J_VALUE', `a setting of type ${name} has no "${key}"`, {
        name: key,
        among: known,
      });
  for (const key of needed)
    if (entry[key] === undefined)
      source.report(pointer, 'J_SCHEMA', `a setting of type ${name} needs "${key}"`);
  const property = entry['css_var'];
  if (property === undefined) return;
  if (!type.cssVar || !/^--[a-z][a-z0-9-]{0,49}$/.test(asWord(property)))
    source.report(
      `${pointer}/css_var`,
      'J_SCHEMA',
      'css_var is a name like --accent, for settings of type color, number and range',
    );
}

/** An image's default names a file of the theme, not a media id. */
function checkDefault(source: JsonSource, schema: SettingSchema, pointer: string): void {
  const { type, id, default: value } = schema;
  if (value === undefined || (type === 'image' && typeof value === 'string')) return;
  const problem = settingProblem(value, schema);
  if (problem !== null)
    source.report(
      `${pointer}/default`,
      'C_DEFAULT_INVALID',
      `the default of "${id}" does not fit its type ${type}: ${problem}`,
    );
}

function checkVisibleIf(
  source: JsonSource,
  entry: Json,
  pointer: string,
  { ids, settings }: { ids: ReadonlySet<string>; settings: readonly SettingSchema[] },
): void {
  const text = isJsonObject(entry) ? entry['visible_if'] : undefined;
  if (text === undefined) return;
  const parsed = typeof text === 'string' ? parseVisibleIf(text) : null;
  if (!parsed) {
    const form = 'visible_if is made of `id`, `!id`, `id == literal`, `and`, `or`';
    source.report(pointer, 'J_SCHEMA', form);
    return;
  }
  for (const { id, equals } of parsed.flat()) {
    const options = settings.find((one) => one.id === id)?.options;
    const values = Array.isArray(options) ? options.map((one) => asWord(one?.value)) : [];
    if (equals !== undefined && values.length > 0 && !values.includes(String(equals)))
      source.report(pointer, 'J_VALUE', `"${id}" is never "${equals}": it has no such option`, {
        name: String(equals),
        among: values,
      });
    if (!ids.has(id))
      source.report(pointer, 'C_UNKNOWN_SETTING', `there is no setting "${id}" beside this one`, {
        name: id,
        among: ids,
      });
  }
}

function checkOptions(source: JsonSource, schema: SettingSchema, pointer: string): void {
  const { type, min, max, step, limit } = schema;
  if (type === 'select' || type === 'radio') {
    const options = Array.isArray(schema.options) ? schema.options : [];
    const sound = options.every((option) => typeof option?.value === 'string');
    if (options.length < 2 || options.length > 50 || !sound)
      source.report(
        `${pointer}/options`,
        'J_SCHEMA',
        `${type} needs 2 to 50 options with a value and a label`,
      );
    else if (new Set(options.map((option) => option.value)).size < options.length)
      source.report(`${pointer}/options`, 'C_DUP_ID', 'two options have the same value');
  }
  if (limit !== undefined && !(Number.isInteger(limit) && limit >= 1 && limit <= 50))
    source.report(`${pointer}/limit`, 'J_SCHEMA', 'limit is 1 to 50');
  if (type === 'color_scheme_group') checkDefinition(source, schema, pointer);
  if (type !== 'range') return;
  const numbers = [min, max, step ?? 1].every((value) => typeof value === 'number');
  const steps = numbers ? (max! - min!) / (step ?? 1) : -1;
  if (!(steps > 0) || steps > 100 || (step !== undefined && step <= 0))
    source.report(pointer, 'J_SCHEMA', 'range needs min < max, step > 0 and at most 100 steps');
}

function checkDefinition(source: JsonSource, schema: SettingSchema, pointer: string): void {
  const at = `${pointer}/definition`;
  const colours = checkSettings(source, schema.definition as unknown as Json, at);
  for (const [i, colour] of colours.entries())
    if (colour.type !== 'color')
      source.report(`${at}/${i}/type`, 'J_SCHEMA', 'a colour scheme is made of color settings');
}
