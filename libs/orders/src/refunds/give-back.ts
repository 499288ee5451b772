import type { Payments, StoredValue } from '@libs/payments';
import type { StoreWriter } from '@platform/database';
import type { OrderRow } from '../orders/order-rows.queries';
import type { RefundPart } from './refund-tenders';

/** A part of a refund as it is written: stored value is there at once, a provider is asked after the commit. */
export interface GivenPart extends RefundPart {
  state: 'pending' | 'succeeded';
  /** The account that got it as credit. */
  creditedTo: string | null;
}

/** A part of stored value with the account that it goes to. */
interface StoredPart {
  part: GivenPart;
  accountId: string;
  ref: string;
}

/**
 * Gives the parts of a refund back: wants them of the providers, and books stored value. Locks payments first, then
 * accounts in their order.
 * @param keyOf the name under which a part is given, by its position from 1
 * @throws payments.refund-too-large
 */
export async function giveBack(
  { store, payments, value }: { store: StoreWriter; payments: Payments; value: StoredValue },
  order: OrderRow,
  parts: readonly RefundPart[],
  keyOf: (position: number) => string,
): Promise<GivenPart[]> {
  const stored: StoredPart[] = [];
  const given: GivenPart[] = [];
  for (const [at, part] of parts.entries()) {
    const ref = keyOf(at + 1);
    if (part.to === 'original' && part.kind === 'provider') {
      const { id: paymentId, amountMinor } = part;
      await payments.wantRefund(store, { paymentId, amountMinor, key: ref });
      given.push({ ...part, state: 'pending', creditedTo: null });
      continue;
    }
    const creditedTo =
      part.to === 'original'
        ? null
        : await value.creditAccount(store, order.customerId ?? '', order.currency);
    const one: GivenPart = { ...part, state: 'succeeded', creditedTo };
    given.push(one);
    stored.push({ part: one, accountId: creditedTo ?? part.id, ref });
  }
  for (const { part, accountId, ref } of stored.sort(byAccount)) {
    const { orderId } = order;
    const { amountMinor } = part;
    if (part.creditedTo === null)
      await value.refund(store, { orderId, accountId, amountMinor, ref });
    else await value.credit(store, { orderId, accountId, amountMinor, ref });
  }
  return given;
}

function byAccount(a: StoredPart, b: StoredPart): number {
  return a.accountId < b.accountId ? -1 : 1;
}
