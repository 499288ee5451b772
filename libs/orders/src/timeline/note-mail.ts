import type { StoreWriter } from '@platform/database';
import { lockOrder } from '../orders/order-rows.queries';
import { isRecorded, record } from './timeline';

/** A mail that a shopper was sent. */
export interface SentMail {
  /** What kind of mail it is. */
  mail: string;
  /** Tells mails about one order apart. */
  about: string;
}

/**
 * Notes that a shopper was sent a mail; once, however often that mail was sent: a worker that died may send it again.
 * @throws orders.order-not-found
 */
export async function noteMail(
  store: StoreWriter,
  orderId: string,
  { mail, about }: SentMail,
): Promise<void> {
  await lockOrder(store, orderId);
  const line = { kind: 'mail_sent', data: { mail, about } } as const;
  if (!(await isRecorded(store, orderId, line))) await record(store, orderId, line);
}
