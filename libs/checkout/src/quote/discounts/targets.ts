import type { QuoteLine } from '../input';
import type { Targets } from './discount';

/** Whether a discount means a line. A line without units, or one that may not be lowered, is never meant. */
export function means(targets: Targets, line: QuoteLine): boolean {
  if (!line.discountable || line.quantity === 0) return false;
  const { productIds, variantIds, collectionIds, tags } = targets;
  if (!productIds && !variantIds && !collectionIds && !tags) return true;
  return (
    (productIds?.includes(line.productId) ?? false) ||
    (variantIds?.includes(line.variantId) ?? false) ||
    (collectionIds?.some((id) => line.collectionIds.includes(id)) ?? false) ||
    (tags?.some((tag) => line.tags.includes(tag)) ?? false)
  );
}
