import type { StoreReader, StoreWriter } from '@platform/database';
import type { Fact } from './fact';
import { factKey, type FactTable } from './merge-facts';

/** By which way a fact came to us. */
export type FactSource = 'answer' | 'return' | 'webhook' | 'poll' | 'staff';

interface FactRecord {
  kind: Fact['kind'];
  objectId: string;
  parentId: string | null;
  status: Fact['status'];
  amountMinor: number;
  currency: string;
  reason: string | null;
  operationKey: string | null;
  at: Date;
  dueAt: Date | null;
}

/** Everything that is known of a payment. */
export async function readFacts(store: StoreReader, paymentId: string): Promise<FactTable> {
  const rows = await store.query<FactRecord>(
    `SELECT kind, object_id AS "objectId", parent_id AS "parentId", status, amount_minor AS "amountMinor",
       currency, reason, operation_key AS "operationKey", happened_at AS at, due_at AS "dueAt"
     FROM payment_facts WHERE store_id = $1 AND payment_id = $2 ORDER BY kind, object_id`,
    [store.storeId, paymentId],
  );
  return new Map(rows.map(toFact).map((fact) => [factKey(fact), fact]));
}

function toFact({
  amountMinor,
  currency,
  at,
  parentId,
  reason,
  operationKey,
  dueAt,
  ...row
}: FactRecord): Fact {
  return {
    ...row,
    money: { amountMinor, currency },
    at: at.toISOString(),
    ...(parentId === null ? {} : { parentId }),
    ...(reason === null ? {} : { reason }),
    ...(operationKey === null ? {} : { operationKey }),
    ...(dueAt === null ? {} : { dueAt: dueAt.toISOString() }),
  } as Fact;
}

/**
 * Writes facts that `mergeFacts` has merged. An object of the provider belongs to one payment for ever: a fact that
 * names another payment's object is not written.
 */
export async function writeFacts(
  store: StoreWriter,
  { paymentId, provider, source }: { paymentId: string; provider: string; source: FactSource },
  facts: readonly Fact[],
): Promise<void> {
  await store.execute(
    `INSERT INTO payment_facts AS known (store_id, provider, payment_id, source, kind, object_id, parent_id, status,
       amount_minor, currency, reason, operation_key, happened_at, due_at)
     SELECT $1, $2, $3, $4, told.* FROM jsonb_to_recordset($5) AS told (kind text, object_id text, parent_id text,
       status text, amount_minor bigint, currency text, reason text, operation_key text, happened_at timestamptz,
       due_at timestamptz)
     ON CONFLICT (store_id, provider, kind, object_id) DO UPDATE SET
       parent_id = excluded.parent_id, status = excluded.status, amount_minor = excluded.amount_minor,
       currency = excluded.currency, reason = excluded.reason, operation_key = excluded.operation_key,
       happened_at = excluded.happened_at, due_at = excluded.due_at, source = excluded.source, last_seen = now()
     WHERE known.payment_id = excluded.payment_id`,
    [store.storeId, provider, paymentId, source, JSON.stringify(facts.map(toRecord))],
  );
}

function toRecord(fact: Fact): Record<string, string | number | null> {
  return {
    kind: fact.kind,
    object_id: fact.objectId,
    parent_id: fact.parentId ?? null,
    status: fact.status,
    amount_minor: fact.money.amountMinor,
    currency: fact.money.currency,
    reason: fact.reason ?? null,
    operation_key: fact.operationKey ?? null,
    happened_at: fact.at,
    due_at: fact.dueAt ?? null,
  };
}
