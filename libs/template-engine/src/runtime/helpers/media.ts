import { Kept } from '../kept';
import { made, type Octets } from '../octets';
import type { State } from '../state';
import { esc, type Fields, own, toNumber, toText } from '../values';
import { attributes } from './texts';

/** Widths that the media service makes (domains.md 7.4): others snap up, so an address cannot order work. */
export const IMAGE_WIDTHS = [200, 400, 800, 1200, 1600, 2000] as const;

function sourceOf(image: unknown): string {
  if (typeof image !== 'object' || image === null) return '';
  const { src } = image as Fields;
  if (typeof src !== 'string') return '';
  // A path of the shop, but no address of another host without its scheme.
  const path = src.charCodeAt(0) === SLASH && src.charCodeAt(1) !== SLASH;
  return path || /^https?:\/\//.test(src) ? src : '';
}

const SLASH = 47;
const mostWishes = 50;

/** Of an image that is known to be an object; nothing inherits these names. */
function widthOf(image: unknown): number {
  return toNumber((image as Fields)['width']);
}

function snap(width: number, own: number): number {
  const bound = own > 0 ? Math.min(width, own) : width;
  for (const step of IMAGE_WIDTHS) if (step >= bound) return step;
  return 2000;
}

type Escape = (text: string) => string;

/** What a hash asks of an image: read once for a hash that is constant. */
export interface ImageWish {
  /** NaN when no width is asked for. */
  readonly width: number;
  /** Crop and format as they stand in an address, each with its `&`. */
  readonly tail: string;
  /** The widths that a srcset is asked for, as a text; empty for all. */
  readonly widths: string;
  /** The srcsets of these widths, by the width that an image has. */
  readonly ladders: Kept<number, Ladder>;
}

/** Reads the hash of `image_url` or `srcset`. */
export function imageWish(hash: Fields): ImageWish {
  const widths = typeof hash['widths'] === 'string' ? hash['widths'].slice(0, 200) : '';
  return {
    width: toNumber(hash['width']),
    tail: option('crop', hash['crop']) + option('format', hash['format']),
    widths,
    ladders: ladders.get(widths, () => new Kept()),
  };
}

function option(key: string, text: unknown): string {
  return typeof text === 'string' && /^[a-z0-9_:-]{1,20}$/i.test(text)
    ? `&${key}=${encodeURIComponent(text)}`
    : '';
}

/** An address without its width: what stands before and behind it, ready to be printed. */
interface Frame {
  readonly src: string;
  readonly tail: string;
  readonly escape: Escape;
  readonly before: string;
  readonly after: string;
  /** The address when no width is asked for. */
  readonly bare: string;
}

/** An image is mostly asked for its address and its srcset in a row. */
let recent: Frame = { src: '', tail: '', escape: asItIs, before: '', after: '', bare: '' };

function frameOf(src: string, tail: string, escape: Escape): Frame {
  if (recent.src === src && recent.tail === tail && recent.escape === escape) return recent;
  const at = src.indexOf('{width}');
  if (at !== -1) {
    // An address has one place for its width; any other is filled with the greatest.
    const after = escape(src.slice(at + 7).replaceAll('{width}', '2000'));
    const before = escape(src.slice(0, at));
    recent = { src, tail, escape, before, after, bare: `${before}2000${after}` };
    return recent;
  }
  const start = escape(src);
  const mark = src.includes('?') ? escape('&') : '?';
  const bare = tail === '' ? start : start + mark + escape(tail.slice(1));
  const before = `${start}${mark}width=`;
  recent = { src, tail, escape, before, after: escape(tail), bare };
  return recent;
}

function address(image: unknown, { width, tail }: ImageWish, escape: Escape): Octets {
  const src = sourceOf(image);
  if (src === '') return made('');
  const { before, after, bare } = frameOf(src, tail, escape);
  return made(width > 0 ? before + snap(width, widthOf(image)) + after : bare);
}

/** A srcset without its addresses. */
interface Ladder {
  /** What follows each address that ends with its width: `200 200w, `. */
  readonly ends: readonly string[];
  /** The same where the address goes on behind its width. */
  readonly rungs: readonly { readonly pixels: string; readonly mark: string }[];
}

/** Few themes ask for more than a handful of lists of widths; what they keep is for as many widths of pictures each. */
const ladders = new Kept<string, Kept<number, Ladder>>(mostWishes);

function ladderOf({ widths, ladders: known }: ImageWish, natural: number): Ladder {
  // NaN is a key like any other: an image that does not know its width.
  return known.get(natural, () => {
    const wanted =
      widths === '' ? IMAGE_WIDTHS : widths.split(',').map((one) => toNumber(one.trim()));
    const snapped = wanted.filter((width) => width > 0).map((width) => snap(width, natural));
    const rungs = [...new Set(snapped)]
      .sort((a, b) => a - b)
      .map((width, i, { length }) => {
        const shown = natural > 0 ? Math.min(width, natural) : width;
        return { pixels: String(width), mark: ` ${shown}w${i < length - 1 ? ', ' : ''}` };
      });
    return { ends: rungs.map(({ pixels, mark }) => pixels + mark), rungs };
  });
}

function joinSrcset(s: State, image: unknown, wish: ImageWish, escape: Escape): Octets {
  const src = sourceOf(image);
  if (src === '') return made('');
  const { before, after } = frameOf(src, wish.tail, escape);
  const { ends, rungs } = ladderOf(wish, widthOf(image));
  let text = '';
  if (after === '') for (const end of ends) text += before + end;
  else for (const { pixels, mark } of rungs) text += before + pixels + after + mark;
  s.charge(text.length);
  return made(text);
}

function srcset(s: State, image: unknown, hash: Fields): Octets {
  return joinSrcset(s, image, imageWish(hash), asItIs);
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

function imageTag(s: State, image: unknown, hash: Fields): Octets {
  if (sourceOf(image) === '') return made('');
  const natural = toNumber(own(image, 'width'));
  const asked = toNumber(hash['width']);
  const width =
    asked > 0 ? (natural > 0 ? Math.min(asked, natural) : asked) : natural > 0 ? natural : 800;
  const height = heightOf(image, width, toNumber(hash['height']));
  const wish = { ...imageWish(hash), width };
  const alt = hash['alt'] === undefined ? own(image, 'alt') : hash['alt'];
  const focal = toText(own(image, 'focal_point'));
  const passed = Object.fromEntries(PASSED.map((key) => [key, hash[key]]));
  if (passed['style'] === undefined && /^\d{1,3}(\.\d+)?% \d{1,3}(\.\d+)?%$/.test(focal))
    passed['style'] = `object-position:${focal}`;
  const html =
    `<img src="${address(image, wish, esc)}" srcset="${joinSrcset(s, image, wish, esc)}"` +
    ` width="${Math.round(width)}"${height > 0 ? ` height="${height}"` : ''} alt="${esc(toText(alt))}"` +
    attributes(s, {
      ...passed,
      loading: hash['loading'] === 'eager' ? undefined : (hash['loading'] ?? 'lazy'),
      decoding: hash['decoding'] ?? 'async',
    }) +
    '>';
  s.charge(html.length);
  return made(html);
}

/** The same escaped: an address is escaped once for all its widths. */
export const printedMedia = {
  image_url: (_s: State, image: unknown, wish: ImageWish) => address(image, wish, esc),
  srcset: (s: State, image: unknown, wish: ImageWish) => joinSrcset(s, image, wish, esc),
};

export const media = {
  image_url: (_s: State, image: unknown, hash: Fields) => address(image, imageWish(hash), asItIs),
  srcset,
  image_tag: imageTag,
};
