import type { QuoteInput } from '../input';
import type { PricedLine } from '../priced-line';
import { type Applied, type Basket, takenBy } from './apply-set';
import { shipsTo } from './apply-shipping';
import { byPrecedence, type Discount, type Rejection, type Targets } from './discount';
import { means } from './targets';

/** How many discounts an order may have. */
export const discountLimits = { automatic: 25, productAndOrderCodes: 5, shippingCodes: 1 } as const;

/** A discount that may count, and what it would take off alone. */
export interface Candidate {
  discount: Discount;
  aloneMinor: number;
}

/** Whom and when a discount is judged for. */
type Situation = Pick<QuoteInput, 'now' | 'shopper'>;

/**
 * Sorts out the discounts that cannot count whatever the others do: wrong time, group, market or cart, used up, or more
 * than an order may have. Times are half open: a discount counts from its start until just before its end.
 * @param apply takes a set of discounts off the basket
 */
export function screen(
  discounts: readonly Discount[],
  basket: Basket,
  situation: Situation,
  apply: (set: readonly Discount[]) => Applied,
): { candidates: Candidate[]; rejected: Rejection[] } {
  const candidates: Candidate[] = [];
  const rejected: Rejection[] = [];
  const room = { automatic: 0, codes: 0 };
  for (const discount of discounts.toSorted(byPrecedence)) {
    const aloneMinor = takenBy(apply([discount]), discount.id);
    const reason =
      situationFault(discount, situation) ??
      basketFault(discount, basket, aloneMinor) ??
      (hasRoom(discount, room) ? null : 'limit');
    if (reason === null) candidates.push({ discount, aloneMinor });
    else rejected.push(rejection(discount, reason));
  }
  return { candidates, rejected };
}

/** A discount as it is listed among the rejected. */
export function rejection(
  { id, code }: Discount,
  reason: Rejection['reason'],
  against?: string,
): Rejection {
  const listed = { discountId: id, code: code?.text ?? null, reason };
  return against === undefined ? listed : { ...listed, with: against };
}

function situationFault(
  discount: Discount,
  { now, shopper }: Situation,
): Rejection['reason'] | null {
  const { startsAt, endsAt, groups, markets, usesLeft } = discount;
  if (startsAt !== null && now < startsAt) return 'not_started';
  if (endsAt !== null && now >= endsAt) return 'ended';
  if (groups !== null && !groups.some((group) => shopper.groups.includes(group))) return 'group';
  if (markets !== null && !markets.includes(shopper.market)) return 'market';
  return usesLeft !== null && usesLeft <= 0 ? 'limit' : null;
}

function basketFault(
  discount: Discount,
  { lines, deliveries }: Basket,
  aloneMinor: number,
): Rejection['reason'] | null {
  if (discount.class === 'shipping') {
    if (!deliveries.some((delivery) => shipsTo(discount, delivery))) return 'no_target';
    // Amounts are compared later, with the subtotal that shipping looks at.
    const quantity = { ...discount.minimum, subtotalMinor: undefined };
    return reaches(lines, quantity) ? null : 'minimum';
  }
  const meant = lines.filter((line) => means(targetsOf(discount), line));
  if (meant.length === 0) return 'no_target';
  if (!reaches(meant, discount.minimum)) return 'minimum';
  if (aloneMinor > 0) return null;
  const { kind } = discount.rule;
  return kind === 'flash_sale' ? 'limit' : kind === 'plain' ? 'no_target' : 'minimum';
}

function targetsOf(discount: Discount): Targets {
  if (discount.class !== 'product') return {};
  return discount.rule.kind === 'buy_x_get_y' ? discount.rule.buy.targets : discount.targets;
}

function reaches(lines: readonly PricedLine[], minimum: Discount['minimum']): boolean {
  const units = lines.reduce((all, { quantity }) => all + quantity, 0);
  const value = lines.reduce((all, { valueMinor }) => all + valueMinor, 0);
  return units >= (minimum?.quantity ?? 0) && value >= (minimum?.subtotalMinor ?? 0);
}

/** Codes in the order entered, automatic discounts from the oldest; two shipping codes only exclude each other. */
function hasRoom(
  { code, class: kind }: Discount,
  room: { automatic: number; codes: number },
): boolean {
  if (code === null) return ++room.automatic <= discountLimits.automatic;
  return kind === 'shipping' || ++room.codes <= discountLimits.productAndOrderCodes;
}
