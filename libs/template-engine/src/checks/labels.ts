import type { Json } from '../context/view';
import { spanOfOffset, spanOfRange } from '../diagnostics/reporter';
import { isJsonObject } from '../schema/check-settings';
import { jsonTree, nodeAt } from './json-tree';
import type { ThemeView } from './theme';

/** Keys of schemas whose texts the editor shows. */
const SHOWN = new Set('name label info content placeholder unit group category'.split(' '));

interface Label {
  readonly path: string[];
  readonly key: string;
}

/** Texts of schemas that begin with `t:` and that the labels of the default locale do not have (2.9). */
export function checkLabels(theme: ThemeView): void {
  const { source, labels, reporter } = theme;
  const { defaultLocale: locale } = source;
  const name = [`${locale}.default.schema`, `${locale}.schema`].find((one) =>
    source.locales.has(one),
  );
  const known = name === undefined ? new Map<string, unknown>() : labels.get(name);
  // What a file that cannot be read may hold is not said to be missing.
  if (!known) return;
  const file = `locales/${name ?? `${locale}.default.schema`}.json`;
  const tell = (of: string, part: { text: string; offset: number }, value: Json | undefined) => {
    const missing = [...labelsOf(value, [])].filter(({ key }) => !known.has(key));
    if (missing.length === 0) return;
    const tree = jsonTree(part.text);
    const full = reporter.textOf(of);
    for (const { path, key } of missing) {
      const node = nodeAt(tree, path);
      const at = part.offset + (node?.start ?? 0);
      const span = node ? spanOfRange(full, at, part.offset + node.end) : spanOfOffset(full, at);
      reporter.add(of, span, 'L_MISSING_LABEL', `${file} has no text "${key}"`, {
        suggest: { name: key, among: known.keys() },
      });
    }
  };
  for (const { unit, schema, schemaPart } of theme.files)
    if (schema && schemaPart) tell(unit.file, schemaPart, schema as unknown as Json);
  const config = 'config/settings_schema.json';
  const text = reporter.textOf(config);
  tell(config, { text, offset: 0 }, theme.settings.groups as unknown as Json);
}

function* labelsOf(value: Json | undefined, path: string[]): Generator<Label> {
  if (Array.isArray(value))
    for (const [i, item] of value.entries()) yield* labelsOf(item, [...path, String(i)]);
  else if (isJsonObject(value))
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner === 'object') yield* labelsOf(inner, [...path, key]);
      else if (SHOWN.has(key) && typeof inner === 'string' && inner.startsWith('t:'))
        yield { path: [...path, key], key: inner.slice(2) };
    }
}
