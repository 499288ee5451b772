import type { PaidTender, RefundProposal, TenderKind } from '@libs/kernel';
import { ordersErrors } from '../orders.errors';
import type { OrderRow } from '../orders/order-rows.queries';

/** Where a part of a refund goes: back to what paid, or to the customer's store credit. */
export type RefundTarget = 'original' | 'store_credit';

/** A part of a refund: what it is of, and where it goes. */
export interface RefundPart {
  kind: TenderKind;
  /** The payment, gift card or account of credit that paid. */
  id: string;
  amountMinor: number;
  to: RefundTarget;
}

/** How somebody wants a refund to be spread. */
export interface SplitWish {
  /** For all of it, when no parts are given; back to what paid when left out. */
  to?: RefundTarget;
  /** Instead of the order of tenders that is proposed. */
  parts?: readonly { tenderId: string; amountMinor: number; to?: RefundTarget }[];
}

/** Whose order it is, as far as it says who can have credit. */
export type CreditOwner = Pick<OrderRow, 'customerId' | 'name' | 'test'>;

/**
 * The parts of a refund: as proposed, or as staff want them, within what each tender paid and did not get back. Pure.
 * @throws orders.tender-not-found, orders.split-not-the-sum, money.over-refund, orders.no-credit
 */
export function splitRefund(
  { tenders: proposed, totalMinor }: Pick<RefundProposal, 'tenders' | 'totalMinor'>,
  tenders: readonly PaidTender[],
  wish: SplitWish,
  owner: CreditOwner,
): RefundPart[] {
  const { to = 'original', parts } = wish;
  const split = parts
    ? chosen(parts, tenders, totalMinor)
    : proposed.map((part) => ({ ...part, to }));
  // What credit paid goes back to the same credit either way.
  const all = split.map((part) =>
    part.kind === 'store_credit' ? { ...part, to: 'original' as const } : part,
  );
  const toCredit = all.some((part) => part.to === 'store_credit');
  if (toCredit && (owner.customerId === null || owner.test))
    throw ordersErrors.error('no-credit', { name: owner.name }, { field: 'refundTo' });
  return all;
}

function chosen(
  parts: NonNullable<SplitWish['parts']>,
  tenders: readonly PaidTender[],
  totalMinor: number,
): RefundPart[] {
  const left = new Map(tenders.map((one) => [one.id, one.paidMinor - one.refundedMinor]));
  const split = parts.map(({ tenderId, amountMinor, to = 'original' }, at): RefundPart => {
    const tender = tenders.find(({ id }) => id === tenderId);
    const available = left.get(tenderId) ?? 0;
    if (!tender)
      throw ordersErrors.error('tender-not-found', {}, { field: `parts.${at}.tenderId` });
    if (amountMinor > available) {
      const params = { amount: amountMinor, left: available };
      throw ordersErrors.error('tender-too-small', params, { field: `parts.${at}.amountMinor` });
    }
    left.set(tenderId, available - amountMinor);
    return { kind: tender.kind, id: tenderId, amountMinor, to };
  });
  const sum = split.reduce((all, { amountMinor }) => all + amountMinor, 0);
  if (sum !== totalMinor)
    throw ordersErrors.error('split-not-the-sum', { sum, total: totalMinor }, { field: 'parts' });
  return split;
}
