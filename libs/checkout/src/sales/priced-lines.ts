import type { Quote } from '../quote';
import type { SaleLine } from './sale';

type Sold = Pick<
  SaleLine,
  'id' | 'variantId' | 'title' | 'variantTitle' | 'sku' | 'properties' | 'quantity'
>;

/** Lines of a sale with what they cost, as the API answers them. */
export function pricedLines(lines: readonly Sold[], quote: Quote) {
  const rows = new Map(quote.lines.map((row) => [row.id, row]));
  return lines.map(({ id, variantId, title, variantTitle, sku, properties, quantity }) => {
    const row = rows.get(id);
    return {
      id,
      variantId,
      title,
      variantTitle,
      sku,
      properties,
      quantity,
      unitMinor: row?.unitMinor ?? 0,
      subtotalMinor: row?.subtotalMinor ?? 0,
      discountMinor: (row?.productDiscountMinor ?? 0) + (row?.orderDiscountMinor ?? 0),
      totalMinor: row?.totalMinor ?? 0,
      taxMinor: row?.taxMinor ?? 0,
    };
  });
}
