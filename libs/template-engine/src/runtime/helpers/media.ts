import type { State } from '../state';
import { esc, type Fields, isFields, own, toNumber, toText } from '../values';
import { attributes } from './texts';

/** Widths that the media service makes (domains.md 7.4): others snap up, so an address cannot order work. */
export const IMAGE_WIDTHS = [200, 400, 800, 1200, 1600, 2000] as const;

function sourceOf(image: unknown): string {
  const src = isFields(image) ? own(image, 'src') : undefined;
  return typeof src === 'string' && /^(https?:\/\/|\/(?!\/))/.test(src) ? src : '';
}

function snap(width: number, own: number): number {
  const bound = own > 0 ? Math.min(width, own) : width;
  return IMAGE_WIDTHS.find((step) => step >= bound) ?? 2000;
}

function address(image: unknown, width: unknown, hash: Fields): string {
  const src = sourceOf(image);
  if (src === '') return '';
  const asked = toNumber(width);
  const pixels = asked > 0 ? snap(asked, toNumber(own(image, 'width'))) : 0;
  if (src.includes('{width}')) return src.replaceAll('{width}', String(pixels || 2000));
  const query = new URLSearchParams();
  if (pixels > 0) query.set('width', String(pixels));
  for (const key of ['crop', 'format']) {
    const value = toText(hash[key]);
    if (/^[a-z0-9_:-]{1,20}$/i.test(value)) query.set(key, value);
  }
  const text = query.toString();
  return text === '' ? src : `${src}${src.includes('?') ? '&' : '?'}${text}`;
}

function widthsOf(image: unknown, asked: unknown): number[] {
  const natural = toNumber(own(image, 'width'));
  const wanted =
    typeof asked === 'string'
      ? asked
          .slice(0, 200)
          .split(',')
          .map((text) => toNumber(text.trim()))
      : [...IMAGE_WIDTHS];
  const snapped = wanted.filter((width) => width > 0).map((width) => snap(width, natural));
  return [...new Set(snapped)].sort((a, b) => a - b);
}

function srcset(s: State, image: unknown, hash: Fields): string {
  if (sourceOf(image) === '') return '';
  const natural = toNumber(own(image, 'width'));
  const text = widthsOf(image, hash['widths'])
    .map(
      (width) =>
        `${address(image, width, hash)} ${natural > 0 ? Math.min(width, natural) : width}w`,
    )
    .join(', ');
  s.charge(text.length);
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
    `<img src="${esc(address(image, width, hash))}" srcset="${esc(srcset(s, image, hash))}"` +
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

export const media = {
  image_url: (_s: State, image: unknown, hash: Fields) => address(image, hash['width'], hash),
  srcset,
  image_tag: imageTag,
};
