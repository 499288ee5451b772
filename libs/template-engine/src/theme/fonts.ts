import type { Json, JsonObject } from '../context/view';
import type { FontPart, FontSpec } from '../model/font';
import { asWord, isJsonObject } from '../schema/check-settings';
import type { JsonSource } from '../schema/json-source';

const HANDLE = /^[a-z0-9][a-z0-9_-]{0,49}$/;
const FAMILY = /^[A-Za-z0-9][A-Za-z0-9 _-]{0,59}$/;
const STACK = /^("[A-Za-z0-9 _-]{1,60}"|[A-Za-z][A-Za-z0-9_-]*( [A-Za-z][A-Za-z0-9_-]*)*)(, ?|$)/;
const OVERRIDES = ['size_adjust', 'ascent_override', 'descent_override', 'line_gap_override'];
const KEYS = ['family', 'weight', 'style', 'file', 'unicode_range', 'more', 'stack', 'fallback'];
const RANGE = /^U\+[0-9A-F?-]{1,13}(, ?U\+[0-9A-F?-]{1,13}){0,99}$/i;
const MOST_PARTS = 4;

/** Says whether a text is a list of font families and nothing else. */
export function isFontStack(text: string): boolean {
  if (text === '' || text.length > 300) return false;
  let rest = text;
  for (let match = STACK.exec(rest); match; match = STACK.exec(rest)) {
    rest = rest.slice(match[0].length);
    if (rest === '') return !match[0].includes(',', match[0].length - 2);
  }
  return false;
}

/** Reads `fonts` of `theme.json`; what cannot be used is reported and left out. */
export function readFonts(
  source: JsonSource,
  assets: ReadonlySet<string>,
): Record<string, FontSpec> {
  const value = isJsonObject(source.value) ? source.value['fonts'] : undefined;
  if (value === undefined) return {};
  if (!isJsonObject(value)) {
    source.report('/fonts', 'J_SCHEMA', 'fonts is an object of fonts by handle');
    return {};
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([handle, font]) => {
      const spec = readFont(source, handle, font, assets);
      return spec ? [[handle, spec]] : [];
    }),
  );
}

function readFont(
  source: JsonSource,
  handle: string,
  font: Json,
  assets: ReadonlySet<string>,
): FontSpec | null {
  const at = `/fonts/${handle}`;
  if (!HANDLE.test(handle) || !isJsonObject(font)) {
    source.report(at, 'J_SCHEMA', 'a font has a handle of a-z, 0-9, _ and -, and is an object');
    return null;
  }
  const spec = { weight: '400', style: 'normal', stack: 'sans-serif', ...font };
  let sound = true;
  const rule = (holds: boolean, key: string, text: string) => {
    if (!holds) source.report(`${at}/${key}`, 'J_SCHEMA', text);
    sound &&= holds;
  };
  for (const key of Object.keys(font))
    if (!KEYS.includes(key))
      source.report(`${at}/${key}`, 'J_VALUE', `a font has no "${key}"`, {
        name: key,
        among: KEYS,
      });
  const weight = asWord(spec.weight);
  rule(FAMILY.test(asWord(font['family'])), 'family', 'family has letters, digits, spaces, _ -');
  rule(/^[1-9]\d{0,3}( [1-9]\d{0,3})?$/.test(weight), 'weight', 'weight is "400" or "400 600"');
  rule(/^(normal|italic|oblique)$/.test(asWord(spec.style)), 'style', 'style is normal or italic');
  rule(isFontStack(asWord(spec.stack)), 'stack', 'stack is a list of families: Georgia, serif');
  const range = font['unicode_range'];
  rule(
    range === undefined || RANGE.test(asWord(range)),
    'unicode_range',
    'unicode_range is a list like U+0000-00FF, U+20AC',
  );
  const parts = partsOf(font['more']);
  rule(parts !== null, 'more', 'more is a list of up to 4 {file, unicode_range}');
  const files: [key: string, name: string][] = [];
  for (const [i, part] of (parts ?? []).entries()) files.push([`more/${i}/file`, part.file]);
  if (font['file'] !== undefined) files.unshift(['file', asWord(font['file'])]);
  for (const [key, name] of files) {
    rule(name.endsWith('.woff2'), key, 'file is a .woff2 of assets/');
    sound = isThere(source, `${at}/${key}`, name, assets) && sound;
  }
  rule(isFallback(font['fallback']), 'fallback', 'fallback names a local font and percentages');
  return sound ? ({ ...spec, weight } as unknown as FontSpec) : null;
}

function isThere(
  source: JsonSource,
  at: string,
  name: string,
  assets: ReadonlySet<string>,
): boolean {
  const there = assets.has(name);
  if (!there)
    source.report(at, 'F_MISSING_ASSET', `there is no assets/${name}`, { name, among: assets });
  return there;
}

/** @returns null when it is no list of parts */
function partsOf(value: Json | undefined): FontPart[] | null {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.length > MOST_PARTS) return null;
  const parts = value.flatMap((part) =>
    isJsonObject(part) && RANGE.test(asWord(part['unicode_range']))
      ? [{ file: asWord(part['file']), unicode_range: asWord(part['unicode_range']) }]
      : [],
  );
  return parts.length === value.length ? parts : null;
}

function isFallback(value: Json | undefined): boolean {
  if (value === undefined) return true;
  if (!isJsonObject(value) || !FAMILY.test(asWord(value['font']))) return false;
  return OVERRIDES.every((key) => {
    const percent = value[key];
    return percent === undefined || (typeof percent === 'number' && percent >= 0 && percent <= 500);
  });
}

/** The list for `font-family`: the font itself, its further letters, its stretched stand-in, and what browsers have. */
function familyList({ family, stack, more, fallback }: FontSpec): string {
  const further = more?.length ? [`"${family} More"`] : [];
  const standIn = fallback ? [`"${family} Fallback"`] : [];
  return [`"${family}"`, ...further, ...standIn, stack].join(', ');
}

/** What a template sees of a font. */
export function fontView(
  handle: string,
  font: FontSpec,
  address: (asset: string) => string,
): JsonObject {
  return {
    handle,
    family: font.family,
    weight: font.weight,
    style: font.style,
    face_url: font.file === undefined ? null : address(font.file),
    stack: familyList(font),
    unicode_range: font.unicode_range ?? null,
    more: (font.more ?? []).map(({ file, unicode_range }) => ({
      face_url: address(file),
      unicode_range,
    })),
    fallback: font.fallback ? { ...font.fallback } : null,
  };
}
