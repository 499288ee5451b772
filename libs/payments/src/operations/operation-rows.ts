import { newId } from '@libs/kernel';
import type { StoreReader, StoreWriter } from '@platform/database';
import type { OpenOperation } from '../facts/what-is-left';
import { OperationRow } from '../payments.entities';
import { RunOperation } from './run-operation.job';

/** What to ask of a provider. */
export interface WantedOperation {
  paymentId: string;
  kind: OperationRow['kind'];
  /** The asker's name for it: asking twice is asking once. */
  key: string;
  part?: number;
  targetId?: string;
  amountMinor: number;
  currency: string;
  final?: boolean;
}

/** Operations of the payment whose outcome is not known. */
export function openOperations(store: StoreReader, paymentId: string): Promise<OpenOperation[]> {
  return store.query<OpenOperation>(
    `SELECT operation_id AS "operationId", kind, target_id AS "targetId", amount_minor AS "amountMinor"
     FROM payment_operations WHERE store_id = $1 AND payment_id = $2 AND state IN ('wanted', 'sent')
     ORDER BY operation_id`,
    [store.storeId, paymentId],
  );
}

/** Whether this was asked for before, in however many parts. */
export async function wasWanted(
  store: StoreReader,
  { paymentId, key }: { paymentId: string; key: string },
): Promise<boolean> {
  return (await store.rows(OperationRow).count({ paymentId, key })) > 0;
}

/** Writes an operation beside its cause and asks for its job; does nothing when it stands there already. */
export async function wantOperation(store: StoreWriter, wanted: WantedOperation): Promise<void> {
  const operationId = newId();
  const inserted = await store.execute(
    `INSERT INTO payment_operations (store_id, operation_id, payment_id, kind, key, part, target_id, amount_minor,
       currency, final)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (store_id, payment_id, key, part) DO NOTHING`,
    [
      store.storeId,
      operationId,
      wanted.paymentId,
      wanted.kind,
      wanted.key,
      wanted.part ?? 0,
      wanted.targetId ?? null,
      wanted.amountMinor,
      wanted.currency,
      wanted.final ?? true,
    ],
  );
  if (inserted === 0) return;
  store.enqueue(RunOperation, { operationId }, { dedupeKey: operationId });
}
