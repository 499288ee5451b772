import type { StoreReader, StoreWriter } from '@platform/database';
import { recheckPause } from './recheck-pause';
import type { CheckedVatNumber } from './vat-register';

/** For how many days a register is asked again, from when the order was placed. */
export const recheckDays = 7;

/** An order's VAT number that could not be checked when it was placed, with what is known by now. */
export interface VatRecheck {
  orderId: string;
  /** With the country's letters. */
  number: string;
  country: string;
  state: 'asking' | 'valid' | 'invalid' | 'given_up';
  /** How often it was asked again. */
  attempts: number;
  /** Whether its next time has come, by the database's clock. */
  due: boolean;
  consultation: string | null;
  /** Whom the register has it for. */
  name: string | null;
  checkedAt: Date | null;
}

/** Has a number asked for again from now on; part of the transaction that places the order. */
export async function awaitVatNumber(
  store: StoreWriter,
  orderId: string,
  { number, country }: Pick<CheckedVatNumber, 'number' | 'country'>,
): Promise<void> {
  await store.execute(
    `INSERT INTO vat_rechecks (store_id, order_id, number, country, next_at, until)
     VALUES ($1, $2, $3, $4, now() + ${recheckPause('0')}, now() + interval '${recheckDays} days')`,
    [store.storeId, orderId, number, country],
  );
}

/** What is known of an order's number; null where it needed no further asking. */
export async function readRecheck(store: StoreReader, orderId: string): Promise<VatRecheck | null> {
  const [row] = await store.query<VatRecheck>(
    `SELECT order_id AS "orderId", number, country, state, attempts,
       coalesce(next_at <= clock_timestamp(), false) AS due, consultation, name, checked_at AS "checkedAt"
     FROM vat_rechecks WHERE store_id = $1 AND order_id = $2`,
    [store.storeId, orderId],
  );
  return row ?? null;
}

/**
 * Writes what the register said. Counts only for who saw the row as it stands: of two that asked at once, one writes.
 * @param seen how often it had been asked before
 * @returns the row as it is now; null where somebody else wrote first
 */
export async function noteAnswer(
  store: StoreWriter,
  { orderId, attempts: seen }: Pick<VatRecheck, 'orderId' | 'attempts'>,
  { check, consultation, name, checkedAt }: CheckedVatNumber,
): Promise<VatRecheck | null> {
  const changed = await store.execute(
    `UPDATE vat_rechecks SET attempts = attempts + 1, checked_at = $5, consultation = $6, name = $7,
       state = CASE WHEN $4 <> 'unreachable' THEN $4 WHEN until <= clock_timestamp() THEN 'given_up' ELSE 'asking' END,
       next_at = CASE WHEN $4 <> 'unreachable' OR until <= clock_timestamp() THEN NULL
         ELSE clock_timestamp() + ${recheckPause('attempts + 1')} END
     WHERE store_id = $1 AND order_id = $2 AND attempts = $3 AND state = 'asking'`,
    [store.storeId, orderId, seen, check, checkedAt, consultation, name],
  );
  return changed === 0 ? null : readRecheck(store, orderId);
}
