import type { Json, JsonObject } from '../context/view';
import type { SettingSchema } from '../model/templates';
import { completeSettings } from '../theme/theme-data';
import { asWord, isJsonObject } from './check-settings';
import type { JsonSource } from './json-source';

/** What presets of a schema may name. */
interface Offer {
  readonly settings: readonly SettingSchema[];
  /** The `blocks` of the schema. */
  readonly blocks: Json | undefined;
  readonly blockFiles: ReadonlySet<string>;
}

const PRESET_KEYS = ['name', 'category', 'settings', 'blocks', 'block_order'];

/** Checks `presets` and `default` of a schema: what they set and which blocks they bring. */
export function checkPresets(source: JsonSource, value: JsonObject, offer: Offer): void {
  const { presets, default: base } = value;
  if (isJsonObject(base)) checkPreset(source, '/default', base, offer);
  if (presets === undefined) return;
  if (!Array.isArray(presets)) {
    source.report('/presets', 'J_SCHEMA', 'presets is a list: [{"name": "…"}]');
    return;
  }
  for (const [i, preset] of presets.entries()) {
    const pointer = `/presets/${i}`;
    if (!isJsonObject(preset) || asWord(preset['name']) === '') {
      source.report(pointer, 'J_SCHEMA', 'a preset is an object with a name');
      continue;
    }
    for (const key of Object.keys(preset))
      if (!PRESET_KEYS.includes(key))
        source.report(`${pointer}/${key}`, 'J_VALUE', `a preset has no "${key}"`, {
          name: key,
          among: PRESET_KEYS,
        });
    checkPreset(source, pointer, preset, offer);
  }
}

function checkPreset(source: JsonSource, pointer: string, preset: JsonObject, offer: Offer): void {
  const given = isJsonObject(preset['settings']) ? preset['settings'] : {};
  completeSettings(offer.settings, given, (id, ...note) =>
    source.report(`${pointer}/settings/${id}`, 'J_VALUE', ...note),
  );
  const blocks = preset['blocks'];
  // A list, or an object by id: both are read.
  for (const [key, block] of Object.entries(typeof blocks === 'object' && blocks ? blocks : {}))
    checkBlock(source, `${pointer}/blocks/${key}`, block, offer);
}

function checkBlock(source: JsonSource, pointer: string, block: Json, offer: Offer): void {
  const type = isJsonObject(block) ? asWord(block['type']) : '';
  const allowed = (Array.isArray(offer.blocks) ? offer.blocks : []).filter(isJsonObject);
  const own = allowed.find((one) => one['type'] === type);
  const themed = allowed.some((one) => one['type'] === '@theme');
  const settings = own?.['settings'];
  if (isJsonObject(block) && isJsonObject(block['settings']) && Array.isArray(settings))
    completeSettings(
      (settings as unknown as SettingSchema[]).filter((one) => typeof one?.id === 'string'),
      block['settings'],
      (id, ...note) => source.report(`${pointer}/settings/${id}`, 'J_VALUE', ...note),
    );
  if (own || (themed && offer.blockFiles.has(type))) return;
  source.report(`${pointer}/type`, 'F_MISSING_BLOCK', `this section takes no block "${type}"`, {
    name: type,
    among: [...allowed.map((one) => asWord(one['type'])), ...(themed ? offer.blockFiles : [])],
  });
}
