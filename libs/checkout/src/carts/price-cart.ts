import { cartInput } from '../assemble/build-input';
import { discountsIn } from '../assemble/in-currency';
import { codeKey } from '../discounts/discount-codes.queries';
import type { FoundDiscounts } from '../discounts/quote-discounts.queries';
import type { DiscountFacts } from '../discounts/to-quote-discount';
import { type Quote, type Rejection, quote } from '../quote';
import type { LineRow } from '../quote/result';
import type { Cart, CartLine } from './cart';

/** A discount as it counts in a cart. */
export interface AppliedDiscount {
  facts: DiscountFacts;
  class: 'product' | 'order' | 'shipping';
  amountMinor: number;
}

/** What a discount takes off a line. */
export interface LineCut {
  discount: AppliedDiscount;
  amountMinor: number;
}

/** A line with what it costs. */
export interface PricedCartLine extends CartLine {
  amounts: LineRow;
  cuts: LineCut[];
}

/** A code that the shopper entered. `reason` says why it does not count: it is unknown, or what the quote says. */
export interface CartCode {
  code: string;
  applicable: boolean;
  reason: Rejection['reason'] | 'unknown' | null;
}

/** A cart with its amounts at this moment: discounts taken off, without delivery and taxes. */
export interface PricedCart extends Omit<Cart, 'lines' | 'codes'> {
  lines: PricedCartLine[];
  codes: CartCode[];
  discounts: AppliedDiscount[];
  quote: Quote;
}

/**
 * Prices a cart. Pure.
 * @param now milliseconds since 1970
 */
export function priceCart(cart: Cart, found: FoundDiscounts, now: number): PricedCart {
  const { unknownCodes } = found;
  const discounts = discountsIn(found.discounts, cart.exchange, cart.currency);
  const priced = quote(
    cartInput({
      lines: cart.lines.map(({ key, quantity, offer }) => ({ id: key, quantity, offer })),
      currency: cart.currency,
      discounts,
      exchange: cart.exchange,
      groups: cart.groups,
      now,
    }),
  );
  const facts = new Map(discounts.map((one) => [one.id, one]));
  const applied = priced.discounts.flatMap(
    ({ id, class: kind, amountMinor }): AppliedDiscount[] => {
      const known = facts.get(id);
      return known ? [{ facts: known, class: kind, amountMinor }] : [];
    },
  );
  const rows = new Map(priced.lines.map((row) => [row.id, row]));
  return {
    ...cart,
    lines: cart.lines.map((line) => pricedLine(line, rows.get(line.key), applied)),
    codes: cart.codes.map((code) => judgeCode(code, { discounts, unknownCodes }, priced)),
    discounts: applied,
    quote: priced,
  };
}

function pricedLine(
  line: CartLine,
  amounts: LineRow | undefined,
  applied: readonly AppliedDiscount[],
): PricedCartLine {
  if (!amounts) throw new Error(`The quote has no row of the line ${line.key}.`);
  const cuts = amounts.allocations.flatMap(({ discountId, amountMinor }): LineCut[] => {
    const discount = applied.find(({ facts }) => facts.id === discountId);
    return discount && amountMinor > 0 ? [{ discount, amountMinor }] : [];
  });
  return { ...line, amounts, cuts };
}

/** A code for shipping has nothing to lower before a delivery is chosen, and is good all the same. */
function judgeCode(
  code: string,
  { discounts, unknownCodes }: FoundDiscounts,
  priced: Pick<Quote, 'rejected'>,
): CartCode {
  if (unknownCodes.includes(code)) return { code, applicable: false, reason: 'unknown' };
  const known = discounts.find(
    (one) => one.code !== null && codeKey(one.code.text) === codeKey(code),
  );
  const rejected = priced.rejected.find(({ discountId }) => discountId === known?.id);
  const waits = known?.rule.kind === 'shipping' && rejected?.reason === 'no_target';
  if (!known || (rejected && !waits)) {
    return { code, applicable: false, reason: rejected?.reason ?? 'unknown' };
  }
  return { code, applicable: true, reason: null };
}
