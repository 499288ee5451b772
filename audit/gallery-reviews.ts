import type { Merchant } from '../apps/e2e/test/merchant';
import type { Brand, BrandReview } from './gallery-brand';

/**
 * Writes a brand's reviews of a product, and the rating that they add up to; reviews that are there already are left
 * as they are.
 * @returns their handles
 * @throws Error with the problem when the API refuses one
 */
export async function writeReviews(
  merchant: Merchant,
  product: string,
  reviews: NonNullable<Brand['reviews']>,
): Promise<string[]> {
  const handles: string[] = [];
  const stars: number[] = [];
  for (const review of reviews) {
    if (typeof review === 'string') handles.push(review);
    else {
      handles.push(await write(merchant, product, review));
      stars.push(review[0]);
    }
  }
  if (stars.length > 0) await rate(merchant, product, stars);
  return handles;
}

async function write(merchant: Merchant, product: string, review: BrandReview): Promise<string> {
  const [stars, title, text, author, place, date] = review;
  const handle = `${product}-${author.toLowerCase()}`;
  const rating = { value: stars, scale_min: 1, scale_max: 5 };
  const fields = { title, text, author, place, rating, date, product };
  await merchant.done('POST /metaobjects', { body: { type: 'review', handle, fields } });
  return handle;
}

async function rate(merchant: Merchant, handle: string, stars: number[]): Promise<void> {
  const products = await merchant.all<{ id: string; handle: string; version: number }>('/products');
  const product = products.find((one) => one.handle === handle);
  if (!product) return;
  const average = stars.reduce((sum, given) => sum + given, 0) / stars.length;
  const value = { value: Math.round(average * 10) / 10, scale_min: 1, scale_max: 5 };
  const metafields = [
    { namespace: 'reviews', key: 'rating', type: 'rating', value },
    { namespace: 'reviews', key: 'rating_count', type: 'number_integer', value: stars.length },
  ];
  const body = { metafields, version: product.version };
  await merchant.done(`PATCH /products/${product.id}`, { body });
}
