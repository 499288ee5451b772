import type { Json, JsonObject } from '../context/view';
import type { Code } from '../diagnostics/codes';
import { spanOfRange } from '../diagnostics/reporter';
import type { BlockData, SettingSchema } from '../model/templates';
import { asWord, isJsonObject } from '../schema/check-settings';
import { settingProblem } from '../schema/setting-values';
import { jsonTree, nodeAt } from './json-tree';
import { fileOf, type ThemeView } from './theme';

/** A value of a setting, and where it stands in its JSON. */
interface Choice {
  readonly path: readonly string[];
  readonly schema: SettingSchema;
  readonly value: Json;
}

/** Types whose values name something of the theme. */
const NAMING = new Set(['font', 'color_scheme', 'image']);

/** Defaults, presets and stored values that name a font, a colour scheme or a file that the theme does not have. */
export function checkChoices(theme: ThemeView): void {
  const known = knownNames(theme);
  const { settings, reporter } = theme;
  const check = (file: string, part: { text: string; offset: number }, all: Iterable<Choice>) => {
    let tree: ReturnType<typeof jsonTree> | null = null;
    for (const choice of all) {
      const wrong = missing(choice, known);
      if (!wrong) continue;
      tree ??= jsonTree(part.text);
      const node = nodeAt(tree, choice.path);
      // What is not written there is the default, which is told at its own place.
      if (!node) continue;
      const span = spanOfRange(
        reporter.textOf(file),
        part.offset + node.start,
        part.offset + node.end,
      );
      const meant = { suggest: { name: asWord(choice.value), among: wrong.among } };
      reporter.add(file, span, wrong.code, wrong.message, { severity: 'warning', ...meant });
    }
  };
  const whole = (file: string) => ({ text: reporter.textOf(file), offset: 0 });
  for (const { unit, schema, schemaPart } of theme.files)
    if (schema && schemaPart) check(unit.file, schemaPart, ofSchema(theme, schema as never));
  const [form, data] = ['config/settings_schema.json', 'config/settings_data.json'];
  check(
    form,
    whole(form),
    settings.groups.flatMap((group, i) => [...defaults(group?.settings, [String(i)])]),
  );
  const stored = [
    ...Object.entries(settings.presets).map(([name, one]) => [['presets', name], one] as const),
    [['current'], settings.values] as const,
  ];
  if (reporter.textOf(data) !== '')
    check(
      data,
      whole(data),
      stored.flatMap(([path, values]) => [...given(settings.settings, values, path)]),
    );
  for (const [folder, templates] of [
    ['templates', theme.templates],
    ['sections', theme.groups],
  ] as const)
    for (const [name, template] of templates) {
      const file = `${folder}/${name}.json`;
      check(file, whole(file), ofTemplate(theme, template.sections));
    }
}

interface Known {
  /** Null when they cannot be told. */
  readonly fonts: ReadonlySet<string> | null;
  readonly schemes: ReadonlySet<string> | null;
  readonly assets: ReadonlySet<string>;
}

function knownNames({ source, settings }: ThemeView): Known {
  const group = settings.settings.find((one) => one.type === 'color_scheme_group');
  const sets = [group?.default, ...Object.values(settings.presets), settings.values].map(
    (values, i) => (i === 0 ? values : isJsonObject(values) ? values[group?.id ?? ''] : null),
  );
  const schemes = new Set(sets.flatMap((one) => (isJsonObject(one) ? Object.keys(one) : [])));
  const sure = settings.readable && settings.refused.length === 0;
  const assets = new Set(source.assets.keys());
  return { fonts: fontHandles(source.config.get('theme')), schemes: sure ? schemes : null, assets };
}

function fontHandles(manifest: string | undefined): Set<string> | null {
  try {
    const fonts = (JSON.parse(manifest ?? '{}') as JsonObject)['fonts'];
    return new Set(isJsonObject(fonts) ? Object.keys(fonts) : []);
  } catch {
    // That it is no JSON was told where it was read.
    return null;
  }
}

function missing(
  { schema, value, path }: Choice,
  { fonts, schemes, assets }: Known,
): { code: Code; message: string; among: ReadonlySet<string> } | null {
  if (typeof value !== 'string' || value === '' || settingProblem(value, schema) !== null)
    return null;
  if (schema.type === 'image') {
    // Elsewhere than in a default a picture of the store is named by its id.
    const named = path.at(-1) === 'default' || /\.(jpe?g|png|webp|avif|gif|svg)$/i.test(value);
    if (!named || assets.has(value)) return null;
    return { code: 'F_MISSING_ASSET', message: `there is no assets/${value}`, among: assets };
  }
  const among = schema.type === 'font' ? fonts : schemes;
  if (!among || among.has(value)) return null;
  const what = schema.type === 'font' ? 'font' : 'colour scheme';
  const where = schema.type === 'font' ? 'in theme.json' : 'in config/';
  return { code: 'C_UNKNOWN_CHOICE', message: `there is no ${what} "${value}" ${where}`, among };
}

function* defaults(settings: unknown, path: readonly string[]): Generator<Choice> {
  if (!Array.isArray(settings)) return;
  for (const [i, schema] of (settings as (SettingSchema | null)[]).entries())
    if (schema && NAMING.has(schema.type) && schema.default !== undefined)
      yield { path: [...path, 'settings', String(i), 'default'], schema, value: schema.default };
}

function* given(
  schemas: readonly SettingSchema[] | undefined,
  values: unknown,
  path: readonly string[],
): Generator<Choice> {
  if (typeof values !== 'object' || values === null || !Array.isArray(schemas)) return;
  for (const schema of schemas as readonly SettingSchema[])
    if (NAMING.has(schema?.type) && Object.hasOwn(values, schema.id))
      yield { path: [...path, schema.id], schema, value: (values as JsonObject)[schema.id]! };
}

interface Owner {
  readonly settings?: readonly SettingSchema[];
  readonly blocks?: readonly { readonly type: string; readonly settings?: SettingSchema[] }[];
  readonly presets?: unknown;
  readonly default?: unknown;
}

function* ofSchema(theme: ThemeView, schema: Owner): Generator<Choice> {
  yield* defaults(schema.settings, []);
  const blocks = Array.isArray(schema.blocks) ? schema.blocks : [];
  for (const [i, block] of blocks.entries())
    yield* defaults((block as Owner | null)?.settings, ['blocks', String(i)]);
  const presets = Array.isArray(schema.presets) ? (schema.presets as unknown[]) : [];
  const made = [...presets.entries()].map(([i, one]) => [['presets', String(i)], one] as const);
  for (const [path, preset] of [...made, [['default'], schema.default] as const])
    if (typeof preset === 'object' && preset !== null)
      yield* ofInstance(theme, schema, preset as BlockData, path);
}

function* ofTemplate(theme: ThemeView, sections: Readonly<Record<string, BlockData>>) {
  for (const [id, section] of Object.entries(sections)) {
    const schema = section && fileOf(theme, 'section', section.type)?.schema;
    if (schema) yield* ofInstance(theme, schema as Owner, section, ['sections', id]);
  }
}

/** What a section or block, or a preset of one, sets. */
function* ofInstance(
  theme: ThemeView,
  schema: Owner,
  { settings, blocks }: BlockData,
  path: readonly string[],
): Generator<Choice> {
  yield* given(schema.settings, settings, [...path, 'settings']);
  if (typeof blocks !== 'object' || blocks === null) return;
  for (const [id, block] of Object.entries(blocks)) {
    if (typeof block !== 'object' || block === null) continue;
    const own = (Array.isArray(schema.blocks) ? schema.blocks : []).find(
      (one) => one?.type === block.type && one.settings,
    );
    const inner: Owner | null | undefined =
      own ?? (fileOf(theme, 'block', block.type)?.schema as Owner | undefined);
    if (inner) yield* ofInstance(theme, inner, block, [...path, 'blocks', id]);
  }
}
