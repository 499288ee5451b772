import { newId } from '@libs/kernel';
import type { Actor } from '@platform/audit';
import type { StoreReader, StoreWriter } from '@platform/database';

/** What can happen to an order. */
export type TimelineKind =
  | 'placed'
  | 'paid'
  | 'authorised'
  | 'captured'
  | 'capture_wanted'
  | 'capture_failed'
  | 'payment_failed'
  | 'marked_paid'
  | 'edited'
  | 'mail_sent'
  | 'shipped'
  | 'tracking_changed'
  | 'delivered'
  | 'refund_wanted'
  | 'refunded'
  | 'refund_failed'
  | 'disputed'
  | 'return_requested'
  | 'return_approved'
  | 'return_declined'
  | 'return_received'
  | 'return_refunded'
  | 'return_exchanged'
  | 'return_closed'
  | 'exchange_lapsed'
  | 'withdrawal_received'
  | 'withdrawal_rejected'
  | 'withdrawal_completed'
  | 'cancelled'
  | 'archived'
  | 'reopened'
  | 'hold'
  | 'note'
  | 'comment'
  | 'tags'
  | 'risk'
  | 'gift_cards_issued'
  | 'gift_cards_sent'
  | 'gift_cards_withdrawn'
  | 'gift_recipient_changed'
  | 'vat_number_checked'
  | 'vat_number_unchecked'
  | 'invoice_issued'
  | 'credit_note_issued'
  | 'erased';

/** Who did it: somebody of the store, the shopper, the payment provider, or the platform by itself. */
export interface TimelineActor {
  kind: 'staff' | 'customer' | 'provider' | 'system';
  label: string;
  userId?: string;
}

/** A line of an order's timeline. */
export interface TimelineEvent {
  id: string;
  kind: TimelineKind;
  at: Date;
  actor: TimelineActor;
  data: Record<string, unknown>;
}

/**
 * Writes a line into the timeline, in the transaction of the change that it tells of.
 * @param by who did it, when it is not the one who writes
 */
export async function record(
  store: StoreWriter,
  orderId: string,
  { kind, data = {}, by }: { kind: TimelineKind; data?: object; by?: TimelineActor },
): Promise<void> {
  await store.execute(
    `INSERT INTO order_events (store_id, order_event_id, order_id, kind, actor, data)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      store.storeId,
      newId(),
      orderId,
      kind,
      JSON.stringify(by ?? fromActor(store.actor)),
      JSON.stringify(data),
    ],
  );
}

/**
 * Whether the timeline has a line of the kind with these facts; who locks the order before asking, and then records, has
 * it there once.
 */
export async function isRecorded(
  store: StoreReader,
  orderId: string,
  { kind, data }: { kind: TimelineKind; data: object },
): Promise<boolean> {
  const rows = await store.query(
    `SELECT FROM order_events WHERE store_id = $1 AND order_id = $2 AND kind = $3 AND data @> $4 LIMIT 1`,
    [store.storeId, orderId, kind, JSON.stringify(data)],
  );
  return rows.length > 0;
}

/** The timeline of an order, oldest first. */
export function timelineOf(store: StoreReader, orderId: string): Promise<TimelineEvent[]> {
  return store.query<TimelineEvent>(
    `SELECT order_event_id AS id, kind, at, actor, data FROM order_events
     WHERE store_id = $1 AND order_id = $2 ORDER BY at, order_event_id`,
    [store.storeId, orderId],
  );
}

function fromActor({ kind, label, userId }: Actor): TimelineActor {
  if (kind === 'system') return { kind: 'system', label };
  return { kind: 'staff', label, ...(userId === null ? {} : { userId }) };
}
