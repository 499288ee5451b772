import { z } from 'zod';
import type { ListedPayment } from '../payment-provider';
import { fromPayPalAmount } from './paypal-objects';

const info = z.object({
  transaction_id: z.string(),
  /** The order (`ODR`) or the capture (`TXN`) that it belongs to. */
  paypal_reference_id: z.string().optional(),
  paypal_reference_id_type: z.string().optional(),
  /** T00xx payments, T11xx what goes back. */
  transaction_event_code: z.string(),
  /** S succeeded, P pending, D denied, V reversed. */
  transaction_status: z.string(),
  transaction_amount: z.object({ currency_code: z.string(), value: z.string() }),
  /** Our payment, as it was told in `custom_id`. */
  custom_field: z.string().optional(),
});

/** A page of PayPal's transaction search. */
export const transactionPage = z.object({
  transaction_details: z.array(z.object({ transaction_info: info })).default([]),
  total_pages: z.int().min(0).default(1),
});

/** A movement of money in PayPal's transaction search. */
export type TransactionInfo = z.output<typeof info>;

/** Sums movements by payment. A refund names the capture that it is of, and the payment through it. */
export function listedTransactions(movements: readonly TransactionInfo[]): ListedPayment[] {
  const known = movements.filter(({ transaction_status }) => transaction_status === 'S');
  const payers = known.filter(isPayment);
  const owner = new Map(payers.map((one) => [one.transaction_id, keyOf(one)]));
  const sums = new Map<string, ListedPayment>();
  for (const one of known) {
    const key = isPayment(one)
      ? keyOf(one)
      : (owner.get(one.paypal_reference_id ?? '') ?? keyOf(one));
    const sum = sums.get(key) ?? {
      ref: one.paypal_reference_id_type === 'ODR' ? (one.paypal_reference_id ?? null) : null,
      paymentId: one.custom_field ?? null,
      capturedMinor: 0,
      refundedMinor: 0,
    };
    const { amountMinor } = fromPayPalAmount({
      ...one.transaction_amount,
      value: one.transaction_amount.value.replace(/^-/, ''),
    });
    if (isPayment(one)) sum.capturedMinor += amountMinor;
    else if (one.transaction_event_code.startsWith('T11')) sum.refundedMinor += amountMinor;
    sums.set(key, sum);
  }
  return [...sums.values()].filter(({ capturedMinor }) => capturedMinor > 0);
}

function isPayment({ transaction_event_code, transaction_amount }: TransactionInfo): boolean {
  return transaction_event_code.startsWith('T00') && !transaction_amount.value.startsWith('-');
}

function keyOf({ custom_field, transaction_id }: TransactionInfo): string {
  return custom_field ?? transaction_id;
}
