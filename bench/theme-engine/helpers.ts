import texts from './theme/locales/en.default.json';

/**
 * What the peers' templates call: the work of our helpers, written as lean as it can be, so that nobody is slow for its
 * helpers. Formatters, printed prices and the widths of srcsets are kept, as ours are.
 */
const sizes = [200, 400, 800, 1200, 1600, 2000];
const euros = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });
const plain = new Intl.NumberFormat('en');
const printed = new Map<number, string>();
const rungs = new Map<string, Map<number, string[]>>();

interface Image {
  src: string;
  width: number;
}

/** An amount in minor units as a price. */
export function money(amount: number): string {
  let text = printed.get(amount);
  if (text === undefined) printed.set(amount, (text = euros.format(amount / 100)));
  return text;
}

/** A number with its separators. */
export function number(value: number): string {
  return plain.format(value);
}

function snap(width: number, natural: number): number {
  const bound = width < natural ? width : natural;
  return sizes.find((step) => step >= bound) ?? 2000;
}

/** The address of an image at a width. */
export function imageUrl(image: Image, width: number): string {
  return `${image.src}?width=${snap(width, image.width)}`;
}

/** A srcset of widths, written with commas: what stands between its addresses is kept, and they are joined in one step. */
export function srcset(image: Image, widths: string): string {
  let ladders = rungs.get(widths);
  if (!ladders) rungs.set(widths, (ladders = new Map()));
  let between = ladders.get(image.width);
  if (!between) ladders.set(image.width, (between = ladder(image.width, widths)));
  return between.join(`${image.src}?width=`);
}

function ladder(natural: number, widths: string): string[] {
  const steps = widths.split(',').map((width) => snap(Number(width), natural));
  const marks = [...new Set(steps)].map((step) => `${step} ${Math.min(step, natural)}w`);
  return ['', ...marks.map((mark, i) => (i < marks.length - 1 ? `${mark}, ` : mark))];
}

const flat = new Map<string, string[]>(
  Object.entries(texts).flatMap(([group, keys]) =>
    Object.entries(keys).map(([key, text]): [string, string[]] => [
      `${group}.${key}`,
      text.split(/\{\{ (\w+) \}\}/),
    ]),
  ),
);

/** A text of the locale with its placeholders filled. */
export function t(key: string, args?: Record<string, string | number>): string {
  const parts = flat.get(key) ?? [key];
  if (parts.length === 1) return parts[0] ?? '';
  return parts.map((part, i) => (i % 2 === 0 ? part : String(args?.[part] ?? ''))).join('');
}

/** The address of an asset. */
export function assetUrl(name: string): string {
  return `/cdn/${name}`;
}
