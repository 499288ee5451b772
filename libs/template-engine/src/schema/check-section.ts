import type { Json, JsonObject } from '../context/view';
import { PAGE_TYPES } from '../context/globals';
import type { SectionSchema, SettingSchema } from '../model/templates';
import { asWord, checkSettings, idsOf, isJsonObject } from './check-settings';
import { checkPresets } from './check-presets';
import type { JsonSource } from './json-source';
import { SCHEMA_KEYS, SECTION_TAGS } from './schema-keys';
import { wellFormed } from './well-formed';

/** Keys of an entry of `blocks`. */
const BLOCK_KEYS = ['type', 'name', 'limit', 'settings'];
const KEYS = Object.keys(SCHEMA_KEYS);

/** What the rest of the compiler takes from a checked schema. */
export interface CheckedSchema {
  readonly schema: SectionSchema;
  readonly settings: readonly SettingSchema[];
  /** Ids of all settings that it names, also of those that were refused. */
  readonly ids: readonly string[];
}

/** Checks a `{{#schema}}` (2.3); null when it is no object with a name. */
export function checkSectionSchema(
  source: JsonSource,
  blockFiles: ReadonlySet<string>,
): CheckedSchema | null {
  const value = source.value;
  if (!isJsonObject(value)) {
    source.report('', 'J_SCHEMA', 'a schema is an object');
    return null;
  }
  for (const key of Object.keys(value))
    if (!KEYS.includes(key))
      source.report(`/${key}`, 'J_SCHEMA', `a schema has no "${key}"`, { name: key, among: KEYS });
  checkValues(source, value);
  for (const key of ['enabled_on', 'disabled_on']) checkPlaces(source, value[key], `/${key}`);
  const settings = checkSettings(source, value['settings'], '/settings');
  const { blocks } = value;
  checkBlocks(source, blocks, blockFiles);
  checkPresets(source, value, { settings, blocks, blockFiles });
  checkData(source, value['data'], settings);
  const ids = idsOf(value['settings']);
  return { schema: wellFormed(value), settings, ids };
}

/** Checks the values that are neither lists nor objects. */
function checkValues(source: JsonSource, value: JsonObject): void {
  const rule = (holds: boolean, pointer: string, message: string) => {
    if (!holds) source.report(pointer, 'J_SCHEMA', message);
  };
  const { name, tag, limit, max_blocks: maxBlocks, cache } = value;
  rule(
    typeof name === 'string' && name.length > 0 && name.length <= 50,
    '/name',
    'name is a text of 1 to 50 characters',
  );
  rule(
    tag === undefined || SECTION_TAGS.includes(asWord(tag)),
    '/tag',
    `tag is one of ${SECTION_TAGS.join(', ')}`,
  );
  rule(
    value['class'] === undefined || /^[A-Za-z0-9 _-]{0,100}$/.test(asWord(value['class'])),
    '/class',
    'class holds letters, digits, _ and - only',
  );
  rule(limit === undefined || inRange(limit, 25), '/limit', 'limit is 1 to 25');
  rule(maxBlocks === undefined || inRange(maxBlocks, 50), '/max_blocks', 'max_blocks is 1 to 50');
  rule(
    cache === undefined || ['auto', 'page', 'none'].includes(asWord(cache)),
    '/cache',
    'cache is auto, page or none',
  );
  rule(
    !(value['enabled_on'] && value['disabled_on']),
    '/disabled_on',
    'enabled_on and disabled_on exclude each other',
  );
}

function inRange(value: Json, max: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= max;
}

function checkPlaces(source: JsonSource, value: Json | undefined, pointer: string): void {
  if (value === undefined) return;
  const templates = isJsonObject(value) ? (value['templates'] ?? []) : null;
  const groups = isJsonObject(value) ? (value['groups'] ?? []) : null;
  if (!isJsonObject(value) || !Array.isArray(templates) || !Array.isArray(groups)) {
    source.report(pointer, 'J_SCHEMA', 'write {"templates": [...], "groups": [...]}');
    return;
  }
  for (const key of Object.keys(value))
    if (!['templates', 'groups'].includes(key))
      source.report(
        `${pointer}/${key}`,
        'J_SCHEMA',
        'write {"templates": [...], "groups": [...]}',
        {
          name: key,
          among: ['templates', 'groups'],
        },
      );
  const known = [...PAGE_TYPES, '*', 'customers', 'gift_card', 'password'];
  for (const [i, name] of templates.entries())
    if (
      typeof name !== 'string' ||
      !known.some(
        (one) => name === one || name.startsWith(`${one}.`) || name.startsWith('customers/'),
      )
    )
      source.report(
        `${pointer}/templates/${i}`,
        'J_SCHEMA',
        `there is no page type "${asWord(name)}"`,
        { name: asWord(name), among: known },
      );
}

function checkBlocks(
  source: JsonSource,
  value: Json | undefined,
  blockFiles: ReadonlySet<string>,
): void {
  if (value === undefined) return;
  if (!Array.isArray(value)) {
    source.report('/blocks', 'J_SCHEMA', 'blocks is a list');
    return;
  }
  const types = new Set<string>();
  for (const [i, block] of value.entries()) {
    const pointer = `/blocks/${i}`;
    const type = isJsonObject(block) ? block['type'] : undefined;
    if (
      !isJsonObject(block) ||
      typeof type !== 'string' ||
      !/^(@theme|@app|[a-z0-9][a-z0-9_-]{0,49})$/.test(type)
    ) {
      source.report(
        pointer,
        'J_SCHEMA',
        'a block is an object with a type: a name, @theme or @app',
      );
      continue;
    }
    for (const key of Object.keys(block))
      if (!BLOCK_KEYS.includes(key))
        source.report(`${pointer}/${key}`, 'J_VALUE', `a block has no "${key}"`, {
          name: key,
          among: BLOCK_KEYS,
        });
    if (types.has(type))
      source.report(`${pointer}/type`, 'C_DUP_ID', `the block "${type}" stands here twice`);
    types.add(type);
    const inline = block['name'] !== undefined || block['settings'] !== undefined;
    if (!inline && !type.startsWith('@') && !blockFiles.has(type))
      source.report(`${pointer}/type`, 'F_MISSING_BLOCK', `there is no blocks/${type}.hbs`, {
        name: type,
        among: blockFiles,
      });
    checkSettings(source, block['settings'], `${pointer}/settings`);
  }
}

/** Data entries name a resource setting of the same schema and stay under the caps of 2.8. */
function checkData(
  source: JsonSource,
  value: Json | undefined,
  settings: readonly SettingSchema[],
): void {
  if (value === undefined) return;
  if (!isJsonObject(value)) {
    source.report('/data', 'J_SCHEMA', 'data is an object');
    return;
  }
  const ids = settings.map((setting) => `settings.${setting.id}`);
  for (const [key, entry] of Object.entries(value)) {
    const from = isJsonObject(entry) ? entry['source'] : undefined;
    if (typeof from !== 'string' || !ids.includes(from))
      source.report(`/data/${key}`, 'J_SCHEMA', 'source names a setting: "settings.<id>"', {
        name: asWord(from),
        among: ids,
      });
    const limit = isJsonObject(entry) ? entry['limit'] : undefined;
    const setting = settings.find((one) => `settings.${one.id}` === limit);
    const most = typeof limit === 'number' ? limit : (setting?.max ?? 0);
    if (most > 50)
      source.report(`/data/${key}/limit`, 'D_CAP', `${most} items; a source gives 50 at most`);
  }
}
