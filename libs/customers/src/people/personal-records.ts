import type { StoreReader, StoreWriter } from '@platform/database';

/** A customer as those are told who keep something of them. */
export interface Person {
  customerId: string;
  /** In small letters; null for whoever was erased. */
  email: string | null;
}

/** What is kept of customers under one name: what they may ask for, and what goes when they are erased. */
export interface PersonalRecords {
  /** In an export, such as `orders`. */
  name: string;
  /** All of it, as JSON, oldest first. */
  read(store: StoreReader, person: Person): Promise<object[]>;
  /** Takes out who they were, in the transaction of the erasure and before the customer's own row is emptied. */
  erase?(store: StoreWriter, person: Person): Promise<void>;
}

/** What they wrote by the store's forms, before they were customers too. */
export const formRecords: readonly PersonalRecords[] = [
  byEmail(
    'contactMessages',
    'contact_messages',
    'email, name, phone, body, fields, page, locale, created_at AS "createdAt"',
  ),
  byEmail(
    'newsletterSignUps',
    'newsletter_sign_ups',
    'email, source, locale, consented_at AS "consentedAt"',
  ),
];

function byEmail(name: string, table: string, columns: string): PersonalRecords {
  const theirs = `FROM ${table} WHERE store_id = $1 AND lower(email) = $2`;
  return {
    name,
    read: (store, { email }) =>
      store.query(`SELECT ${columns} ${theirs} ORDER BY 1, 2`, [store.storeId, email]),
    erase: async (store, { email }) => {
      await store.execute(`DELETE ${theirs}`, [store.storeId, email]);
    },
  };
}
