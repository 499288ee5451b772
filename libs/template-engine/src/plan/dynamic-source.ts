import { fieldKind } from '../compile/kinds';
import { GLOBALS } from '../context/globals';
import type { Json, JsonObject } from '../context/view';
import type { SettingSchema } from '../model/templates';
import { isAddress, richTextProblem } from '../schema/rich-text';
import { emptyValue, settingType } from '../schema/setting-values';

/** A dynamic source as it stands in a plan: where it reads, what is wanted there, and what stands in for nothing. */
interface PlannedSource {
  readonly $from: string;
  readonly $as: string;
  readonly $else: Json;
}

/** Notes on a dynamic source what its setting takes. */
export function plannedSource(path: string, schema: SettingSchema): JsonObject {
  const kind = (settingType(schema)?.kind ?? 'text').replace('?', '');
  return { $from: path, $as: kind, $else: kind === 'image' ? null : emptyValue(schema) };
}

/** Settings with their dynamic sources read from the page's objects. */
export function resolveSources(
  settings: JsonObject,
  globals: Readonly<Record<string, Json>>,
): JsonObject {
  return Object.fromEntries(
    Object.entries(settings).map(([id, value]) => {
      const source = isPlanned(value) ? value : null;
      return [id, source ? (read(source, globals) ?? source.$else) : value];
    }),
  );
}

function isPlanned(value: Json): value is JsonObject & PlannedSource {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    typeof value['$from'] === 'string'
  );
}

/** The value behind a path, if it is of the kind that the setting takes. */
function read(source: PlannedSource, globals: Readonly<Record<string, Json>>): Json | null {
  let value: Json = globals;
  let kind: string | undefined;
  for (const [i, part] of source.$from.split('.').entries()) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return null;
    value = (value as JsonObject)[part] ?? null;
    kind = i === 0 ? GLOBALS[part]?.kind : kind && fieldKind(kind, part);
  }
  switch (source.$as) {
    case 'image':
      return isObject(value) && typeof value['src'] === 'string' ? value : null;
    case 'url': {
      const url: Json = (isObject(value) ? value['url'] : value) ?? null;
      return typeof url === 'string' && isAddress(url) ? url : null;
    }
    case 'html':
      return asHtml(value, kind ?? 'any');
    default:
      return typeof value === 'object' ? null : value;
  }
}

/** Markup that the platform has sanitised passes, and rich text; any other text is shown as text. */
function asHtml(value: Json, kind: string): string | null {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return null;
  const trusted =
    kind.replace('?', '') === 'html' || (kind === 'any' && richTextProblem(value, false) === null);
  return trusted ? value : value.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
