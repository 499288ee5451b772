import { Kept } from '../kept';
import type { State } from '../state';
import { esc, type Fields, field, own, toNumber, toText } from '../values';
import { attributes } from './texts';

/** Widths that the media service makes (domains.md 7.4): others snap up, so an address cannot order work. */
export const IMAGE_WIDTHS = [200, 400, 800, 1200, 1600, 2000] as const;

function sourceOf(image: unknown): string {
  const src = field(image, 'src');
  return typeof src === 'string' && /^(https?:\/\/|\/(?!\/))/.test(src) ? src : '';
}

function snap(width: number, own: number): number {
  const bound = own > 0 ? Math.min(width, own) : width;
  return IMAGE_WIDTHS.find((step) => step >= bound) ?? 2000;
}

type Escape = (text: string) => string;

/** An address without its width: what stands before and behind it, ready to be printed. */
interface Frame {
  readonly before: string;
  readonly after: string;
  /** The address when no width is asked for. */
  readonly bare: string;
}

function frameOf(src: string, hash: Fields, escape: Escape): Frame {
  const at = src.indexOf('{width}');
  if (at !== -1) {
    // An address has one place for its width; any other is filled with the greatest.
    const after = escape(src.slice(at + 7).replaceAll('{width}', '2000'));
    const before = escape(src.slice(0, at));
    return { before, after, bare: `${before}2000${after}` };
  }
  const tail = option(hash, 'crop') + option(hash, 'format');
  const start = escape(src);
  const [mark, and] = [src.includes('?') ? escape('&') : '?', escape(tail)];
  const bare = tail === '' ? start : start + mark + escape(tail.slice(1));
  return { before: `${start}${mark}width=`, after: and, bare };
}

function option(hash: Fields, key: 'crop' | 'format'): string {
  const text = hash[key];
  return typeof text === 'string' && /^[a-z0-9_:-]{1,20}$/i.test(text)
    ? `&${key}=${encodeURIComponent(text)}`
    : '';
}

function address(image: unknown, width: unknown, hash: Fields, escape: Escape): string {
  const src = sourceOf(image);
  if (src === '') return '';
  const asked = toNumber(width);
  const { before, after, bare } = frameOf(src, hash, escape);
  return asked > 0 ? before + snap(asked, toNumber(field(image, 'width'))) + after : bare;
}

/** A width of the ladder, and what it is called in a srcset. */
interface Rung {
  readonly pixels: string;
  readonly mark: string;
  /** Both together, as they stand when nothing comes between. */
  readonly whole: string;
}

const rungs = new Kept<string, Kept<number, readonly Rung[]>>();

function rungsOf(natural: number, asked: unknown): readonly Rung[] {
  const text = typeof asked === 'string' ? asked.slice(0, 200) : '';
  // NaN is a key like any other: an image that does not know its width.
  return rungs
    .get(text, () => new Kept())
    .get(natural, () => {
      const wanted =
        text === '' ? IMAGE_WIDTHS : text.split(',').map((one) => toNumber(one.trim()));
      const snapped = wanted.filter((width) => width > 0).map((width) => snap(width, natural));
      return [...new Set(snapped)]
        .sort((a, b) => a - b)
        .map((width) => {
          const [pixels, shown] = [String(width), natural > 0 ? Math.min(width, natural) : width];
          return { pixels, mark: ` ${shown}w`, whole: `${pixels} ${shown}w` };
        });
    });
}

function joinSrcset(s: State, image: unknown, hash: Fields, escape: Escape): string {
  const src = sourceOf(image);
  if (src === '') return '';
  const { before, after } = frameOf(src, hash, escape);
  const between = `, ${before}`;
  let text = '';
  for (const { pixels, mark, whole } of rungsOf(toNumber(field(image, 'width')), hash['widths']))
    text += (text === '' ? before : between) + (after === '' ? whole : pixels + after + mark);
  s.charge(text.length);
  return text;
}

function srcset(s: State, image: unknown, hash: Fields): string {
  return joinSrcset(s, image, hash, asItIs);
}

function asItIs(text: string): string {
  return text;
}

function heightOf(image: unknown, width: number, asked: number): number {
  if (asked > 0) return Math.round(asked);
  const ratio = toNumber(own(image, 'aspect_ratio'));
  const natural = [toNumber(own(image, 'width')), toNumber(own(image, 'height'))];
  if (natural[0]! > 0 && natural[1]! > 0) return Math.round((width * natural[1]!) / natural[0]!);
  return ratio > 0 ? Math.round(width / ratio) : 0;
}

const PASSED = ['class', 'id', 'sizes', 'fetchpriority', 'style'] as const;

function imageTag(s: State, image: unknown, hash: Fields): string {
  if (sourceOf(image) === '') return '';
  const natural = toNumber(own(image, 'width'));
  const asked = toNumber(hash['width']);
  const width =
    asked > 0 ? (natural > 0 ? Math.min(asked, natural) : asked) : natural > 0 ? natural : 800;
  const height = heightOf(image, width, toNumber(hash['height']));
  const alt = hash['alt'] === undefined ? own(image, 'alt') : hash['alt'];
  const focal = toText(own(image, 'focal_point'));
  const passed = Object.fromEntries(PASSED.map((key) => [key, hash[key]]));
  if (passed['style'] === undefined && /^\d{1,3}(\.\d+)?% \d{1,3}(\.\d+)?%$/.test(focal))
    passed['style'] = `object-position:${focal}`;
  const html =
    `<img src="${address(image, width, hash, esc)}" srcset="${joinSrcset(s, image, hash, esc)}"` +
    ` width="${Math.round(width)}"${height > 0 ? ` height="${height}"` : ''} alt="${esc(toText(alt))}"` +
    attributes({
      ...passed,
      loading: hash['loading'] === 'eager' ? undefined : (hash['loading'] ?? 'lazy'),
      decoding: hash['decoding'] ?? 'async',
    }) +
    '>';
  s.charge(html.length);
  return html;
}

/** The same, escaped already: an address is escaped once for all its widths. */
export const printedMedia = {
  image_url: (_s: State, image: unknown, hash: Fields, escape: Escape) =>
    address(image, hash['width'], hash, escape),
  srcset: joinSrcset,
};

export const media = {
  image_url: (_s: State, image: unknown, hash: Fields) =>
    address(image, hash['width'], hash, asItIs),
  srcset,
  image_tag: imageTag,
};
