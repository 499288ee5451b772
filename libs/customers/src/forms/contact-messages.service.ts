import { Injectable } from '@nestjs/common';
import { newId } from '@libs/kernel';
import type { StoreReader, StoreWriter } from '@platform/database';
import { customersErrors } from '../customers.errors';

/** What a shopper wrote to a store. */
export interface ContactMessage {
  id: string;
  email: string;
  name: string;
  phone: string;
  body: string;
  /** What the theme asked for beside the usual, by label. */
  fields: Record<string, string>;
  /** The path of the page whose form was sent. */
  page: string;
  locale: string;
  createdAt: Date;
}

const columns = `message_id AS id, email, name, phone, body, fields, page, locale, created_at AS "createdAt"`;

/** Messages of shoppers, sent by a contact form. */
@Injectable()
export class ContactMessages {
  /** Keeps a message that was checked. No page shows it, so nothing becomes stale. */
  async receive(
    store: StoreWriter,
    message: Omit<ContactMessage, 'id' | 'createdAt'>,
  ): Promise<void> {
    const { email, name, phone, body, fields, page, locale } = message;
    await store.execute(
      `INSERT INTO contact_messages (store_id, message_id, email, name, phone, body, fields, page, locale)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [store.storeId, newId(), email, name, phone, body, JSON.stringify(fields), page, locale],
    );
  }

  /** The messages, newest first. */
  list(
    store: StoreReader,
    { limit, before }: { limit: number; before: string | null },
  ): Promise<ContactMessage[]> {
    return store.query<ContactMessage>(
      `SELECT ${columns} FROM contact_messages
       WHERE store_id = $1 AND ($2::uuid IS NULL OR message_id < $2) ORDER BY message_id DESC LIMIT $3`,
      [store.storeId, before, limit],
    );
  }

  /** @throws customers.message-not-found */
  async delete(store: StoreWriter, messageId: string): Promise<void> {
    const gone = await store.execute(
      'DELETE FROM contact_messages WHERE store_id = $1 AND message_id = $2',
      [store.storeId, messageId],
    );
    if (gone === 0) throw customersErrors.error('message-not-found');
    // What it said is not kept in a log of what was erased.
    store.record({
      action: 'contact-message.deleted',
      target: { kind: 'contact-message', id: messageId },
    });
  }
}
