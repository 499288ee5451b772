import type { CartLine } from '../carts/cart';

/** How a line's variant is called. */
export interface VariantWords {
  hasOnlyDefault: boolean;
  values: string[];
  options: { name: string; value: string }[];
}

/** The words for a line's variant; a product without options has one of the name that themes compare with. */
export function variantWords({ offer }: CartLine): VariantWords {
  const hasOnlyDefault = offer.options.length === 0;
  const options = hasOnlyDefault ? [{ name: 'Title', value: offer.title }] : offer.options;
  return { hasOnlyDefault, options, values: options.map(({ value }) => value) };
}

/** The page of a line's variant. */
export function lineUrl({ offer }: CartLine): string {
  return `/products/${encodeURIComponent(offer.handle)}?variant=${offer.publicId}`;
}

/** The words of sanitised HTML, without its tags. */
export function plainWords(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#0?39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
}
