import type { Allocation } from '@libs/catalog';
import type { OrderSnapshot } from '@libs/orders';
import type { Checkout, CheckoutLine } from './checkout';
import { agreedTaxes } from '../taxes/providers/frozen-taxes';
import { placeOfSupply } from './place-of-supply';
import { explainCheckout } from './explain-checkout';
import { heldMinor } from './judge-payments';
import type { PaymentView } from '@libs/payments';
import { recipientOfLine, withoutRecipient } from '../carts/gift-wish';
import type { Exchange } from '../carts/exchange';
import type { Quote } from '../quote';

/** What an order is made of, beside the checkout itself. */
export interface OrderParts {
  orderId: string;
  checkout: Checkout & { quote: Quote };
  /** Counted units as they were committed. */
  allocations: readonly Allocation[];
  /** Whose order it is; null where nobody is to be told. */
  customerId: string | null;
  /** The payment that pays; null when nothing was due. */
  payer: PaymentView | null;
  /** Addresses of the lines' pictures, by line. */
  images: ReadonlyMap<string, string>;
  risk: readonly string[];
  /** How many payments were begun. */
  attempts?: number;
  exchange: Exchange | null;
}

/** The frozen order of a checkout: the quote's rows with what the shopper saw. Computes no amount. */
export function orderSnapshot(parts: OrderParts): OrderSnapshot {
  const { orderId, checkout, customerId, payer, risk, exchange } = parts;
  const { quote } = checkout;
  const consent = checkout.consent;
  return {
    orderId,
    checkoutId: checkout.checkoutId,
    test: payer?.testMode ?? false,
    source: checkout.terms ? 'draft' : checkout.source,
    locale: checkout.locale,
    currency: checkout.currency,
    customerId,
    email: checkout.email,
    phone: checkout.phone,
    shippingAddress: checkout.shippingAddress,
    billingAddress: checkout.billingAddress ?? checkout.shippingAddress,
    lines: linesOf(parts),
    deliveries: quote.shipping.map((row) => ({ ...chargeOf(row), promise: promiseOf(checkout) })),
    fees: quote.fees.map(chargeOf),
    taxLines: quote.taxes,
    discounts: quote.discounts,
    totals: quote.totals,
    base: baseOf(quote, exchange),
    tenders: quote.tenders.map(({ kind, id, amountMinor }) => ({
      kind,
      id: id ?? payer?.paymentId ?? '',
      amountMinor,
    })),
    reasons: {
      tax: quote.tax,
      taxService: agreedTaxes(checkout.taxes),
      trace: quote.trace,
      explanation: explainCheckout(checkout).rows,
      vatNumber: checkout.vatNumber,
      placeOfSupply: placeOfSupply(checkout),
    },
    paymentIds: payer ? [payer.paymentId] : [],
    financial: {
      authorizedMinor: payer && heldMinor(payer) > 0 ? payer.authorizedMinor : 0,
      capturedMinor: payer?.capturedMinor ?? 0,
    },
    risk,
    attempts: parts.attempts ?? 1,
    note: checkout.note,
    tags: checkout.terms?.tags ?? [],
    attributes: checkout.attributes,
    consent: consent && { marketing: consent.marketing, at: consent.at },
  };
}

/** Both amounts, and how one was made of the other. */
function baseOf({ base }: Quote, exchange: Exchange | null): OrderSnapshot['base'] {
  if (exchange === null) return { ...base, rate1e10: null };
  const { rate1e10, markupPpm, source, at, market } = exchange;
  return { ...base, rate1e10, markupPpm, source, at, market };
}

function linesOf({ checkout, allocations, images }: OrderParts) {
  const { lines, quote } = checkout;
  const shares = shareAllocations(lines, allocations);
  const rows = new Map(quote.lines.map((row) => [row.id, row]));
  return lines.map((line) => {
    const row = rows.get(line.id);
    if (!row) throw new Error(`The quote has no row of the line ${line.id}.`);
    const { allocations: discountAllocations, ...amounts } = row;
    return {
      ...amounts,
      discountAllocations,
      variantId: line.custom ? null : line.variantId,
      productId: line.custom ? null : line.productId,
      title: line.title,
      variantTitle: line.variantTitle,
      sku: line.sku,
      imageUrl: images.get(line.id) ?? null,
      ...giftOf(line),
      requiresShipping: line.requiresShipping,
      taxable: line.taxable,
      giftCard: line.giftCard,
      grams: line.grams,
      allocations: shares.get(line.id) ?? [],
    };
  });
}

/** Whom a line is for is kept in one place, where it can be changed and forgotten. */
function giftOf(
  line: CheckoutLine,
): Pick<OrderSnapshot['lines'][number], 'properties' | 'recipient'> {
  const recipient = recipientOfLine(line);
  const { properties } = line;
  return { recipient, properties: recipient ? withoutRecipient(properties) : properties };
}

/**
 * Gives each line its units: stock is summed per item, and lines of one item take from it in their order. What nobody
 * counted has no place.
 */
export function shareAllocations(
  lines: readonly Pick<CheckoutLine, 'id' | 'variantId' | 'quantity'>[],
  allocations: readonly Allocation[],
): Map<string, Allocation[]> {
  const left = allocations.map((allocation) => ({ ...allocation }));
  return new Map(
    lines.map(({ id, variantId, quantity }) => {
      let open = quantity;
      const taken: Allocation[] = [];
      for (const shelf of left) {
        if (shelf.itemId !== variantId || open === 0 || shelf.quantity === 0) continue;
        const units = Math.min(open, shelf.quantity);
        // What is there goes to the first line; the last ones wait for what is not.
        const there = shelf.quantity - shelf.backordered;
        const backordered = Math.max(0, units - Math.max(0, there));
        taken.push({
          itemId: variantId,
          locationId: shelf.locationId,
          quantity: units,
          backordered,
        });
        shelf.quantity -= units;
        shelf.backordered -= backordered;
        open -= units;
      }
      if (open > 0)
        taken.push({ itemId: variantId, locationId: null, quantity: open, backordered: 0 });
      return [id, taken];
    }),
  );
}

function chargeOf(row: Quote['shipping'][number]) {
  const { allocations: discountAllocations, ...amounts } = row;
  return { ...amounts, discountAllocations };
}

function promiseOf({ deliveryOptions, deliveryRateId }: Checkout) {
  const option = deliveryOptions.find(({ rateId }) => rateId === deliveryRateId);
  return {
    method: option?.title,
    from: option?.promised?.from,
    to: option?.promised?.to,
    pickupLocationId: option?.pickup?.locationId,
  };
}
