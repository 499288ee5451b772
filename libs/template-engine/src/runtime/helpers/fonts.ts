import { made, type Octets } from '../octets';
import type { State } from '../state';
import { firstLetters, isFields, own, safeUrl, toText } from '../values';

const MOST_PARTS = 4;
const FAMILY = /^[A-Za-z0-9][A-Za-z0-9 _-]{0,59}$/;
const OVERRIDES = [
  ['size_adjust', 'size-adjust'],
  ['ascent_override', 'ascent-override'],
  ['descent_override', 'descent-override'],
  ['line_gap_override', 'line-gap-override'],
] as const;

/** Faces of other systems with the widths of a stand-in, to less than half a percent. */
const SAME_WIDTH: Readonly<Record<string, readonly string[]>> = {
  Arial: ['Liberation Sans', 'Roboto'],
  'Times New Roman': ['Liberation Serif'],
};

/**
 * What stands in where neither is there (Android, a bare Linux): the average width of the stand-in's letters over that
 * of its own, weighted as `scripts/fonts` does. A browser asks the rule that was written last first, so these go before.
 */
const OTHER_WIDTH: Readonly<Record<string, readonly (readonly [name: string, width: number])[]>> = {
  Arial: [['DejaVu Sans', 0.8712]],
  'Times New Roman': [
    ['DejaVu Serif', 0.7813],
    ['Noto Serif', 0.8353],
  ],
};

/**
 * The `@font-face` rules of a font: its file, shown as soon as it is there, and a local face stretched to its metrics,
 * so that the page does not move when it comes. Every part is checked, since any value may be handed in.
 */
function fontFace(s: State, font: unknown): Octets {
  const family = toText(own(font, 'family'));
  if (!isFields(font) || !FAMILY.test(family)) return made('');
  const style = /^(italic|oblique)$/.exec(toText(own(font, 'style')))?.[0] ?? 'normal';
  const weight = /^\d{1,4}( \d{1,4})?$/.exec(toText(own(font, 'weight')))?.[0] ?? '400';
  const rule = { family, style, weight };
  const more = own(font, 'more');
  const parts = Array.isArray(more) ? more.slice(0, MOST_PARTS) : [];
  // A family of their own, behind the first: in one with it, Chromium looks up a font of the system for them in every
  // size of the page, also where no letter is theirs.
  const further = { ...rule, family: `${family} More` };
  const css =
    parts.map((part) => face(part, further)).join('') +
    face(font, rule) +
    standIn(font, family, style);
  s.charge(css.length);
  return made(css);
}

/** The rule of one file: the font's own, or the one of further letters. */
function face(
  part: unknown,
  { family, style, weight }: { family: string; style: string; weight: string },
): string {
  const url = safeUrl(own(part, 'face_url'));
  if (!/^(https?:\/\/|\/)[^\s"'()\\<>]{1,500}$/i.test(firstLetters(url, 600))) return '';
  const range = toText(own(part, 'unicode_range'));
  const limited = /^[U+0-9A-F?, -]{3,1500}$/i.test(range) ? `;unicode-range:${range}` : '';
  return (
    `@font-face{font-family:"${family}";font-style:${style};font-weight:${weight};` +
    `font-display:swap;src:url("${url}") format("woff2")${limited}}`
  );
}

function standIn(font: object, family: string, style: string): string {
  const fallback = own(font, 'fallback');
  const local = toText(own(fallback, 'font'));
  if (!FAMILY.test(local)) return '';
  const names = [local, ...(SAME_WIDTH[local] ?? [])].map((name) => `local("${name}")`).join();
  const face = (source: string, width: number): string =>
    `@font-face{font-family:"${family} Fallback";font-style:${style};src:${source}${metrics(fallback, width)}}`;
  const others = OTHER_WIDTH[local] ?? [];
  return others.map(([name, width]) => face(`local("${name}")`, width)).join('') + face(names, 1);
}

/** The overrides for a face whose letters are as wide as `1 / width` of those that the percentages were measured for. */
function metrics(fallback: unknown, width: number): string {
  return OVERRIDES.flatMap(([key, property]) => {
    const percent = own(fallback, key);
    if (typeof percent !== 'number' || percent < 0) return [];
    const scaled = key === 'size_adjust' ? percent * width : percent / width;
    return [`;${property}:${width === 1 ? percent : Math.round(scaled * 100) / 100}%`];
  }).join('');
}

export const fonts = { font_face: fontFace };
