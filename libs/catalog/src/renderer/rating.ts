import type { ProductRow } from './product-row';

/** What buyers gave on average, and how many of them. */
export interface Rating {
  value: number;
  count: number;
}

/**
 * A product's rating out of Shopify's standard metafields: `reviews.rating`, a number or `{ value, scale_min,
 * scale_max }`, and `reviews.rating_count`. Null unless both say something: no stars without a source.
 */
export function ratingOf({ reviews }: Pick<ProductRow, 'reviews'>): Rating | null {
  const value = numberOf(reviews?.rating);
  const count = numberOf(reviews?.rating_count);
  if (value === null || count === null || value < 0 || count < 1) return null;
  return { value, count: Math.trunc(count) };
}

function numberOf(given: unknown): number | null {
  const isRating = typeof given === 'object' && given !== null && 'value' in given;
  const plain = isRating ? given.value : given;
  const number = typeof plain === 'number' || typeof plain === 'string' ? Number(plain) : NaN;
  return plain !== '' && Number.isFinite(number) ? number : null;
}
