import type { StoreReader, StoreWriter } from '@platform/database';
import { firstPauseMinutes, recheckPause } from '../taxes/vat-numbers/recheck-pause';
import type { CheckedVatNumber } from '../taxes/vat-numbers/vat-register';

/** How often a number is asked for again at most: for about seven days, as long as for an order. */
const mostAttempts = 20;

/** A number of an open checkout or draft that no register answered for. */
export interface UncheckedNumber {
  checkoutId: string;
  /** With the country's letters. */
  number: string;
  country: string;
  attempts: number;
  /** Whether its next time has come, by the database's clock. */
  due: boolean;
}

/** The number of an open checkout that is still to be checked; null where there is none. */
export async function readUnchecked(
  store: StoreReader,
  checkoutId: string,
): Promise<UncheckedNumber | null> {
  const [row] = await store.query<UncheckedNumber>(
    `SELECT checkout_id AS "checkoutId", vat_number ->> 'number' AS number, vat_number ->> 'country' AS country,
       vat_attempts AS attempts, vat_next_at <= clock_timestamp() AS due
     FROM checkouts WHERE store_id = $1 AND checkout_id = $2 AND state = 'open' AND expires_at > now()
       AND vat_next_at IS NOT NULL`,
    [store.storeId, checkoutId],
  );
  return row ?? null;
}

/**
 * Writes what the register said into a locked checkout, and nothing else: its amounts are those that the shopper sees
 * until the next quote. Counts only for who saw the number as it stands.
 * @returns whether it was written
 */
export async function noteChecked(
  store: StoreWriter,
  { checkoutId, number, attempts: seen }: UncheckedNumber,
  answer: CheckedVatNumber,
): Promise<boolean> {
  const known = answer.check === 'unreachable' ? null : JSON.stringify(answer);
  const changed = await store.execute(
    `UPDATE checkouts SET vat_attempts = vat_attempts + 1, vat_number = coalesce($5::jsonb, vat_number),
       vat_next_at = CASE WHEN $5::jsonb IS NULL AND vat_attempts + 1 < ${mostAttempts}
         THEN clock_timestamp() + ${recheckPause('vat_attempts + 1')} END
     WHERE store_id = $1 AND checkout_id = $2 AND state = 'open' AND vat_next_at IS NOT NULL
       AND vat_number ->> 'number' = $3 AND vat_attempts = $4`,
    [store.storeId, checkoutId, number, seen, known],
  );
  return changed > 0;
}

/**
 * The columns of a checkout that say when its number is asked for again, as a change of it leaves them: another number
 * that could not be checked begins anew, the same one goes on, and nothing is asked for what is not open.
 * @param state,number the parameters of the new state and the new number
 */
export function recheckColumns(state: string, number: string): string {
  const unchecked = `${state} = 'open' AND ${number}::jsonb ->> 'check' = 'unreachable'`;
  const same = `state = 'open' AND vat_number ->> 'check' = 'unreachable'
    AND vat_number ->> 'number' = ${number}::jsonb ->> 'number'`;
  return `vat_attempts = CASE WHEN ${unchecked} AND ${same} THEN vat_attempts ELSE 0 END,
    vat_next_at = CASE WHEN ${unchecked} THEN CASE WHEN ${same} THEN vat_next_at
      ELSE now() + interval '${firstPauseMinutes} minutes' END END`;
}
