import type { Orders } from '@libs/orders';
import type { CheckoutLine } from '../../checkouts/checkout';
import type { CheckoutView } from './page-input';

type OrderNow = Awaited<ReturnType<Orders['get']>>;

/** Twice the size at which a line's picture is shown. */
const thumbWidth = '180';

/**
 * A checkout's page as its order is by now: what was edited, added and taken out since it was placed. An order that was
 * never changed is shown as it was bought. Pure.
 */
export function asOrderStands(view: CheckoutView, order: OrderNow): CheckoutView {
  const { checkout } = view;
  const { quote } = checkout;
  if (order.revision === 0 || !quote) return view;
  const charges = (kind: 'shipping' | 'fee') =>
    order.charges
      .filter((charge) => charge.kind === kind && charge.totalMinor + charge.discountMinor > 0)
      .map((charge) => ({ ...charge, allocations: [], baseMinor: 0 }));
  const { subtotalMinor, discountMinor, shippingMinor, feesMinor, taxMinor } = order;
  const { taxIncluded, totalMinor } = order;
  const sums = { subtotalMinor, discountMinor, shippingMinor, feesMinor, taxMinor };
  const now = {
    ...quote,
    lines: order.lines.map((line) => ({ ...line, allocations: [] })),
    shipping: charges('shipping'),
    fees: charges('fee'),
    taxes: order.taxLines.map((tax) => ({
      ...tax,
      on: 'line' as const,
      id: '',
      scheme: '',
      taxableMinor: 0,
      baseTaxMinor: 0,
    })),
    discounts: order.discounts.map((row) => ({ ...row, id: '', class: 'order' as const })),
    totals: { ...sums, taxIncluded, totalMinor },
    // What was paid with what is told of the order as it was placed.
    tenders: [],
  };
  return {
    ...view,
    checkout: { ...checkout, lines: order.lines.map(lineOf), quote: now },
    returnedMinor: order.state === 'cancelled' ? 0 : totalMinor - order.dueMinor,
    images: new Map(
      order.lines.flatMap(({ id, imageUrl }): [string, string][] =>
        imageUrl === null ? [] : [[id, imageUrl.replace('{width}', thumbWidth)]],
      ),
    ),
  };
}

function lineOf(line: OrderNow['lines'][number]): CheckoutLine {
  const { id, quantity, properties, title, variantTitle, sku } = line;
  const { requiresShipping, taxable, giftCard, grams } = line;
  return {
    id,
    variantId: line.variantId ?? id,
    productId: line.productId ?? id,
    quantity,
    properties,
    title,
    variantTitle,
    sku,
    mediaId: null,
    requiresShipping,
    taxable,
    giftCard,
    grams,
  };
}
