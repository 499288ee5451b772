import { type OrderSnapshot } from '@libs/orders';
import { newId } from '@libs/kernel';

type Line = OrderSnapshot['lines'][number];

/** What a test says of a line; the rest follows. Tax is 19 % of what is in the price, delivery bears none. */
export interface LineWish {
  variantId?: string;
  title?: string;
  quantity?: number;
  unitMinor?: number;
  requiresShipping?: boolean;
  giftCard?: boolean;
  recipient?: Line['recipient'];
  allocations?: Line['allocations'];
}

/** What a test says of an order; the rest follows, so that all amounts agree. */
export interface OrderWish extends Partial<Omit<OrderSnapshot, 'lines' | 'totals'>> {
  lines?: LineWish[];
  shippingMinor?: number;
}

/** A line of an order: two vases at 50.00. */
export function aLine(wish: LineWish = {}, index = 0): Line {
  const { quantity = 2, unitMinor = 5000, title = 'Vase', giftCard = false } = wish;
  const { requiresShipping = !giftCard } = wish;
  const totalMinor = quantity * unitMinor;
  return {
    id: `line-${index}`,
    variantId: wish.variantId ?? newId(),
    productId: newId(),
    title,
    variantTitle: 'Blue',
    sku: `SKU-${index}`,
    imageUrl: null,
    properties: [],
    requiresShipping,
    taxable: !giftCard,
    giftCard,
    recipient: wish.recipient ?? null,
    quantity,
    unitMinor,
    subtotalMinor: totalMinor,
    productDiscountMinor: 0,
    orderDiscountMinor: 0,
    totalMinor,
    taxMinor: giftCard ? 0 : Math.round((totalMinor * 19) / 119),
    baseMinor: totalMinor,
    discountAllocations: [],
    allocations: wish.allocations ?? [],
  };
}

/** An order that agrees with itself: by a guest, from one place, with the tax in its prices. */
export function aSnapshot({ lines: wishes, shippingMinor = 490, ...more }: OrderWish = {}) {
  const lines = (wishes ?? [{}]).map(aLine);
  const sum = (amount: (line: Line) => number) =>
    lines.reduce((all, line) => all + amount(line), 0);
  const subtotalMinor = sum((line) => line.totalMinor);
  const taxMinor = sum((line) => line.taxMinor);
  const totalMinor = subtotalMinor + shippingMinor;
  const currency = more.currency ?? 'EUR';
  const snapshot: OrderSnapshot = {
    checkoutId: newId(),
    test: false,
    source: null,
    locale: 'en',
    currency,
    customerId: null,
    email: 'ada@example.test',
    phone: null,
    shippingAddress: anAddress(),
    billingAddress: anAddress(),
    lines,
    deliveries:
      shippingMinor === 0
        ? []
        : [
            {
              id: 'delivery',
              title: 'Parcel',
              priceMinor: shippingMinor,
              discountMinor: 0,
              totalMinor: shippingMinor,
              taxMinor: 0,
              baseMinor: shippingMinor,
              discountAllocations: [],
            },
          ],
    fees: [],
    taxLines: lines
      .filter((line) => line.taxMinor > 0)
      .map((line) => ({
        on: 'line',
        id: line.id,
        name: 'VAT',
        jurisdiction: 'DE',
        ppm: 190_000,
        scheme: 'domestic',
        taxableMinor: line.totalMinor - line.taxMinor,
        taxMinor: line.taxMinor,
        baseTaxMinor: line.taxMinor,
      })),
    discounts: [],
    totals: {
      subtotalMinor,
      discountMinor: 0,
      shippingMinor,
      feesMinor: 0,
      taxMinor,
      taxIncluded: true,
      totalMinor,
    },
    base: { currency, totalMinor, taxMinor, rate1e10: null },
    tenders: totalMinor === 0 ? [] : [{ kind: 'provider', id: newId(), amountMinor: totalMinor }],
    paymentIds: [],
    financial: { authorizedMinor: 0, capturedMinor: 0 },
    risk: [],
    note: null,
    attributes: {},
    consent: null,
    ...more,
  };
  return snapshot;
}

/** Where Ada lives. */
export function anAddress(more: Partial<NonNullable<OrderSnapshot['shippingAddress']>> = {}) {
  return {
    name: 'Ada Lovelace',
    address1: 'Hauptstrasse 1',
    zip: '10115',
    city: 'Berlin',
    country: 'DE',
    ...more,
  };
}
