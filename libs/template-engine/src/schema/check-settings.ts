import type { Json, JsonObject } from '../context/view';
import { isDenied, LIMITS } from '../limits';
import type { SettingSchema } from '../model/templates';
import type { JsonSource } from './json-source';
import { EDITOR_ONLY, fitsSetting, SETTING_TYPES } from './setting-values';

/** Says whether a JSON value is an object that is not a list. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A JSON value as a word to compare or to show; objects as JSON, nothing as empty text. */
export function asWord(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Checks a `settings` list of a schema (2.4) and gives those entries that can be used. */
export function checkSettings(
  source: JsonSource,
  list: Json | undefined,
  pointer: string,
): SettingSchema[] {
  if (list === undefined) return [];
  if (!Array.isArray(list)) {
    source.report(pointer, 'J_SCHEMA', 'settings is a list');
    return [];
  }
  if (list.length > LIMITS.settingsPerSchema)
    source.report(
      pointer,
      'J_SCHEMA',
      `${list.length} settings; the limit is ${LIMITS.settingsPerSchema}`,
    );
  const ids = new Set<string>();
  return list.flatMap((entry, i) => checkSetting(source, entry, `${pointer}/${i}`, ids));
}

function checkSetting(
  source: JsonSource,
  entry: Json,
  pointer: string,
  ids: Set<string>,
): SettingSchema[] {
  if (!isJsonObject(entry) || typeof entry['type'] !== 'string') {
    source.report(pointer, 'J_SCHEMA', 'a setting is an object with a type');
    return [];
  }
  const type = entry['type'];
  if (!SETTING_TYPES.includes(type)) {
    source.report(`${pointer}/type`, 'J_SCHEMA', `unknown setting type "${type}"`, {
      name: type,
      among: SETTING_TYPES,
    });
    return [];
  }
  if (EDITOR_ONLY.has(type)) return [];
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
  const schema = entry as unknown as SettingSchema;
  checkOptions(source, schema, pointer);
  if (
    schema.default !== undefined &&
    !isAssetDefault(schema) &&
    !fitsSetting(schema.default, schema)
  )
    source.report(
      `${pointer}/default`,
      'C_DEFAULT_INVALID',
      `the default of "${id}" does not fit its type ${type}`,
    );
  return [schema];
}

/** An image's default names a file of the theme, not a media id. */
function isAssetDefault(schema: SettingSchema): boolean {
  return schema.type === 'image' && typeof schema.default === 'string';
}

function checkOptions(source: JsonSource, schema: SettingSchema, pointer: string): void {
  const { type, min, max, step } = schema;
  if (type === 'select' || type === 'radio') {
    const options = Array.isArray(schema.options) ? schema.options : [];
    const sound = options.every((option) => typeof option?.value === 'string');
    if (options.length < 2 || options.length > 50 || !sound)
      source.report(
        `${pointer}/options`,
        'J_SCHEMA',
        `${type} needs 2 to 50 options with a value and a label`,
      );
  }
  if (type !== 'range') return;
  const numbers = [min, max, step ?? 1].every((value) => typeof value === 'number');
  const steps = numbers ? (max! - min!) / (step ?? 1) : -1;
  if (!(steps > 0) || steps > 100 || (step !== undefined && step <= 0))
    source.report(pointer, 'J_SCHEMA', 'range needs min < max, step > 0 and at most 100 steps');
}
