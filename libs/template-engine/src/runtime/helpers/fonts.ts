import type { State } from '../state';
import { isFields, own, safeUrl, toText } from '../values';

const FAMILY = /^[A-Za-z0-9][A-Za-z0-9 _-]{0,59}$/;
const OVERRIDES = [
  ['size_adjust', 'size-adjust'],
  ['ascent_override', 'ascent-override'],
  ['descent_override', 'descent-override'],
  ['line_gap_override', 'line-gap-override'],
] as const;

/**
 * The `@font-face` rules of a font: its file, shown as soon as it is there, and a local face stretched to its metrics,
 * so that the page does not move when it comes. Every part is checked, since any value may be handed in.
 */
function fontFace(s: State, font: unknown): string {
  const family = toText(own(font, 'family'));
  if (!isFields(font) || !FAMILY.test(family)) return '';
  const style = /^(italic|oblique)$/.exec(toText(own(font, 'style')))?.[0] ?? 'normal';
  const css = ownFace(font, family, style) + standIn(font, family, style);
  s.charge(css.length);
  return css;
}

function ownFace(font: object, family: string, style: string): string {
  const url = safeUrl(own(font, 'face_url'));
  if (!/^(https?:\/\/|\/)[^\s"'()\\<>]{1,500}$/i.test(url)) return '';
  const weight = /^\d{1,4}( \d{1,4})?$/.exec(toText(own(font, 'weight')))?.[0] ?? '400';
  const range = toText(own(font, 'unicode_range'));
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
  const metrics = OVERRIDES.flatMap(([key, property]) => {
    const percent = own(fallback, key);
    return typeof percent === 'number' && percent >= 0 ? [`;${property}:${percent}%`] : [];
  });
  return `@font-face{font-family:"${family} Fallback";font-style:${style};src:local("${local}")${metrics.join('')}}`;
}

export const fonts = { font_face: fontFace };
