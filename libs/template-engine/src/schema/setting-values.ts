import type { Json, JsonObject } from '../context/view';
import { LIMITS } from '../limits';
import type { SettingSchema } from '../model/templates';
import { SETTING_TYPES, type SettingType } from './setting-types';

/** The record of a setting's type; undefined for a type that there is not. */
export function settingType(schema: SettingSchema): SettingType | undefined {
  return Object.hasOwn(SETTING_TYPES, schema.type) ? SETTING_TYPES[schema.type] : undefined;
}

/** Why a stored value does not fit a setting, or null when it does. */
export function settingProblem(value: Json, schema: SettingSchema): string | null {
  const type = settingType(schema);
  if (!type?.problem) return 'nothing is stored for it';
  if (typeof value === 'string' && Buffer.byteLength(value) > LIMITS.settingValueBytes)
    return `it has more than ${LIMITS.settingValueBytes} bytes`;
  return type.problem(value, schema);
}

/** The value of a setting that nobody has set. */
export function emptyValue(schema: SettingSchema): Json {
  if (schema.default !== undefined) return withColours(schema, schema.default);
  if (schema.type === 'range') return schema.min ?? 0;
  if (schema.type === 'select' || schema.type === 'radio') return schema.options?.[0]?.value ?? '';
  return settingType(schema)?.empty ?? null;
}

/** Schemes with the defaults of the definition for colours that they leave out; other values as they are. */
export function withColours(schema: SettingSchema, value: Json): Json {
  if (schema.type !== 'color_scheme_group') return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const base: JsonObject = Object.fromEntries(
    (schema.definition ?? []).flatMap((one) => (one.id ? [[one.id, one.default ?? '']] : [])),
  );
  return Object.fromEntries(
    Object.entries(value).map(([name, colours]) => [name, { ...base, ...(colours as JsonObject) }]),
  );
}
