import type { Json, JsonObject } from '../context/view';
import type { SectionSchema } from '../model/templates';
import { isJsonObject } from './check-settings';

/** The objects of a list; of what is no list, none. */
export function objectsIn(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/**
 * A schema with nothing in it but what has the form that it should have, so that whoever goes through its lists need not
 * ask. What is left out was reported where the schema was checked.
 */
export function wellFormed(schema: JsonObject): SectionSchema {
  const made: JsonObject = { ...schema };
  const correct = (key: string, how: (value: Json) => Json | undefined) => {
    if (!Object.hasOwn(made, key)) return;
    const value = how(made[key]!);
    if (value === undefined) delete made[key];
    else made[key] = value;
  };
  correct('settings', settingsIn);
  correct('blocks', (value) => objectsIn(value).filter(hasType).map(blockOf));
  correct('presets', objectsIn);
  correct('enabled_on', placesOf);
  correct('disabled_on', placesOf);
  return made as unknown as SectionSchema;
}

/** Headers have no id; an id that is no text is none. */
function settingsIn(value: Json): JsonObject[] {
  return objectsIn(value).filter(
    ({ type, id }) => typeof type === 'string' && (id === undefined || typeof id === 'string'),
  );
}

function hasType({ type }: JsonObject): boolean {
  return typeof type === 'string';
}

function blockOf(block: JsonObject): JsonObject {
  return Object.hasOwn(block, 'settings')
    ? { ...block, settings: settingsIn(block['settings']!) }
    : block;
}

function placesOf(rule: Json): JsonObject | undefined {
  if (!isJsonObject(rule)) return undefined;
  const lists = Object.entries(rule).filter(([, list]) => Array.isArray(list));
  return Object.fromEntries(
    lists.map(([key, list]) => [key, (list as Json[]).filter((one) => typeof one === 'string')]),
  );
}
