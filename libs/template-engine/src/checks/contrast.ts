import type { Json, JsonObject } from '../context/view';
import { type Reporter, spanOfOffset } from '../diagnostics/reporter';
import type { SettingSchema } from '../model/templates';
import { isJsonObject } from '../schema/check-settings';
import { jsonTree, nodeAt } from './json-tree';
import type { ThemeSettings } from '../theme/theme-data';
import type { ThemeView } from './theme';

/** What a colour of a scheme is for, by its id. Ids of the first name that a scheme has count. */
const ROLES = {
  background: ['background', 'paper', 'bg', 'surface'],
  panel: ['panel', 'card'],
  text: ['text', 'ink', 'foreground'],
  muted: ['muted', 'text_muted', 'subtle', 'muted_text'],
  button: ['button', 'accent', 'primary'],
  label: ['button_label', 'on_accent', 'on_button', 'button_text', 'on_primary'],
} as const;
type Role = keyof typeof ROLES;

const PAIRS: readonly (readonly [Role, Role])[] = [
  ['text', 'background'],
  ['muted', 'background'],
  ['text', 'panel'],
  ['muted', 'panel'],
  ['label', 'button'],
];
/** Text of ordinary size (WCAG 2.2, 1.4.3). */
const LEAST = 4.5;

const FILE = 'config/settings_data.json';

/** Contrast of text, muted text and button labels in every colour scheme of every preset and of the current settings. */
export function checkContrast({ settings, reporter, recall }: ThemeView): void {
  const inputs = [settings, reporter.textOf(FILE)];
  recall.judge('contrast', inputs, reporter, (own) => checkSchemes(settings, own));
}

function checkSchemes(settings: ThemeSettings, reporter: Reporter): void {
  const group = settings.settings.find((setting) => setting.type === 'color_scheme_group');
  if (!group) return;
  const text = reporter.textOf(FILE);
  const tree = text === '' ? null : jsonTree(text);
  const sets: (readonly [readonly string[], Json | undefined])[] = [
    ...Object.entries(settings.presets).map(
      ([name, values]) => [['presets', name, group.id], values?.[group.id]] as const,
    ),
    [['current', group.id], settings.values[group.id]],
  ];
  const seen = new Set<string>();
  for (const [path, schemes] of sets)
    for (const [id, scheme] of Object.entries(isJsonObject(schemes) ? schemes : {})) {
      if (!isJsonObject(scheme)) continue;
      for (const wrong of tooClose(group, scheme)) {
        const key = `${id} ${wrong.message}`;
        const node = tree && nodeAt(tree, [...path, id, wrong.id]);
        if (seen.has(key) && !node) continue;
        seen.add(key);
        reporter.add(
          FILE,
          spanOfOffset(text, node?.start ?? 0),
          'A_CONTRAST',
          `scheme "${id}": ${wrong.message}`,
        );
      }
    }
}

function tooClose(group: SettingSchema, scheme: JsonObject): { id: string; message: string }[] {
  const colours = completed(group, scheme);
  const find = (role: Role) => ROLES[role].find((id) => colours.has(id));
  return PAIRS.flatMap(([front, back]) => {
    const [frontId, backId] = [find(front), find(back)];
    if (frontId === undefined || backId === undefined) return [];
    const ratio = contrast(colours.get(frontId)!, colours.get(backId)!);
    if (ratio === null || ratio >= LEAST) return [];
    const shown = (Math.floor(ratio * 100) / 100).toFixed(2);
    return [
      { id: frontId, message: `${frontId} on ${backId} has ${shown} to 1; ${LEAST} is needed` },
    ];
  });
}

/** The colours of a scheme with the defaults of their definition. */
function completed(group: SettingSchema, scheme: JsonObject): Map<string, string> {
  const list = (group as { definition?: unknown }).definition;
  const definition = Array.isArray(list) ? (list as SettingSchema[]) : [];
  const defaults = definition.map((one): [string, Json | undefined] => [one?.id, one?.default]);
  return new Map(
    [...defaults, ...Object.entries(scheme)].filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

/** The contrast of two colours by WCAG 2, from 1 to 21; null when one is no colour. A translucent front is mixed. */
export function contrast(front: string, back: string): number | null {
  const [a, b] = [channels(front), channels(back)];
  if (!a || !b) return null;
  const mixed = a.rgb.map((value, i) => value * a.alpha + b.rgb[i]! * (1 - a.alpha));
  const [x, y] = [luminance(mixed), luminance(b.rgb)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

function channels(colour: string): { rgb: number[]; alpha: number } | null {
  const hex = /^#([0-9a-f]{6})([0-9a-f]{2})?$/i.exec(colour.trim());
  if (!hex) return null;
  const rgb = [0, 2, 4].map((at) => Number.parseInt(hex[1]!.slice(at, at + 2), 16));
  return { rgb, alpha: hex[2] === undefined ? 1 : Number.parseInt(hex[2], 16) / 255 };
}

/** Relative luminance of sRGB channels from 0 to 255. */
function luminance(rgb: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = rgb.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
