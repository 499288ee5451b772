import { Injectable } from '@nestjs/common';
import { newId } from '@libs/kernel';
import { changedFields } from '@platform/audit';
import type { StoreReader, StoreWriter } from '@platform/database';
import { checkVersion } from '@platform/http';
import { customersErrors } from '../customers.errors';
import { CustomerChanged, CustomerErased } from '../customers.events';
import { type Customer, type CustomerInput, customerColumns, normalEmail } from './customer';
import { formRecords, type PersonalRecords } from './personal-records';

/** What a list of customers is narrowed by. */
export interface CustomerFilter {
  /** The beginning of an e-mail address or of a name. */
  query?: string;
  tag?: string;
  groupId?: string;
}

/** Somebody who buys. */
export interface Buyer {
  email: string;
  firstName: string;
  lastName: string;
  phone: string | null;
  locale: string;
}

/** Says why a customer cannot be erased yet: names of orders that are open, none for nothing. */
export type ErasureObjection = (store: StoreReader, customerId: string) => Promise<string[]>;

/** Whom a store knows. An e-mail address names one customer of a store. */
@Injectable()
export class Customers {
  private readonly objections: ErasureObjection[] = [];
  private readonly records: PersonalRecords[] = [...formRecords];

  /** Lets a slice above, which this one cannot call, object to an erasure. */
  askBeforeErasing(objection: ErasureObjection): void {
    this.objections.push(objection);
  }

  /** Lets a slice above have its part in exports and erasures. */
  alsoKeep(records: PersonalRecords): void {
    this.records.push(records);
  }

  /** What is kept of a customer beside their own row, by its name. @throws customers.customer-not-found */
  async recordsOf(store: StoreReader, customerId: string): Promise<Record<string, object[]>> {
    const { email } = await this.get(store, customerId);
    const all: [string, object[]][] = [];
    for (const { name, read } of this.records)
      all.push([name, await read(store, { customerId, email })]);
    return Object.fromEntries(all);
  }

  /** Newest first. */
  list(
    store: StoreReader,
    { query, tag, groupId }: CustomerFilter,
    { limit, before }: { limit: number; before: string | null },
  ): Promise<Customer[]> {
    const prefix = query ? `${query.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%` : null;
    return store.query<Customer>(
      `SELECT ${customerColumns} FROM customers c
       WHERE c.store_id = $1 AND ($2::uuid IS NULL OR c.customer_id < $2)
         AND ($3::text IS NULL OR c.email LIKE $3 OR lower(c.first_name) LIKE $3 OR lower(c.last_name) LIKE $3
           OR lower(c.first_name || ' ' || c.last_name) LIKE $3)
         AND ($4::text IS NULL OR c.tags @> ARRAY[$4])
         AND ($5::uuid IS NULL OR EXISTS (SELECT FROM customer_group_members m
           WHERE m.store_id = $1 AND m.group_id = $5 AND m.customer_id = c.customer_id))
       ORDER BY c.customer_id DESC LIMIT $6`,
      [store.storeId, before, prefix, tag ?? null, groupId ?? null, limit],
    );
  }

  /** @throws customers.customer-not-found */
  async get(store: StoreReader, customerId: string): Promise<Customer> {
    const customer = await this.find(store, customerId);
    if (!customer) throw customersErrors.error('customer-not-found');
    return customer;
  }

  /** The customer, or null. */
  async find(store: StoreReader, customerId: string): Promise<Customer | null> {
    const [customer] = await store.query<Customer>(
      `SELECT ${customerColumns} FROM customers c WHERE c.store_id = $1 AND c.customer_id = $2`,
      [store.storeId, customerId],
    );
    return customer ?? null;
  }

  /** Who has this address, or null. */
  async findByEmail(store: StoreReader, email: string): Promise<Customer | null> {
    const [customer] = await store.query<Customer>(
      `SELECT ${customerColumns} FROM customers c WHERE c.store_id = $1 AND c.email = $2`,
      [store.storeId, normalEmail(email)],
    );
    return customer ?? null;
  }

  /**
   * The customer whom somebody buys as without being signed in: a new guest, or who has the address. Null for an
   * account whose owner has not proved that the address is theirs: what others buy is not shown to them.
   */
  async findOrCreateByEmail(store: StoreWriter, buyer: Buyer): Promise<string | null> {
    const made = await this.insert(store, { ...buyer, tags: [], note: '' });
    if (made !== null) return made;
    const known = await this.findByEmail(store, buyer.email);
    if (!known || known.state === 'disabled') return known?.id ?? null;
    return known.state === 'guest' || known.emailVerifiedAt !== null ? known.id : null;
  }

  /** @throws customers.email-taken */
  async create(store: StoreWriter, input: CustomerInput): Promise<Customer> {
    const id = await this.insert(store, input);
    if (id === null) throw customersErrors.error('email-taken', {}, { field: 'email' });
    store.record({ action: 'customer.created', target: { kind: 'customer', id } });
    return this.get(store, id);
  }

  /** @throws customers.customer-not-found, customers.customer-erased, customers.email-taken, http.version-conflict */
  async update(
    store: StoreWriter,
    customerId: string,
    patch: Partial<CustomerInput> & { state?: 'guest' | 'enabled' | 'disabled' },
    seen: { version?: number; ifMatch?: string },
  ): Promise<Customer> {
    const before = await this.lock(store, customerId);
    checkVersion(before.version, seen);
    const { email, firstName, lastName, phone, locale, tags, note, state } = {
      ...before,
      ...patch,
    };
    const own = normalEmail(email ?? '');
    const taken = await store.query(
      'SELECT FROM customers WHERE store_id = $1 AND email = $2 AND customer_id <> $3',
      [store.storeId, own, customerId],
    );
    if (taken.length > 0) throw customersErrors.error('email-taken', {}, { field: 'email' });
    await store.execute(
      `UPDATE customers SET email = $3, first_name = $4, last_name = $5, phone = $6, locale = $7, tags = $8,
         note = $9, state = $10, version = version + 1, updated_at = now(),
         email_verified_at = CASE WHEN email = $3 THEN email_verified_at END
       WHERE store_id = $1 AND customer_id = $2`,
      [store.storeId, customerId, own, firstName, lastName, phone, locale, tags, note, state],
    );
    if (state !== 'enabled') await this.endSessions(store, customerId);
    const after = { email: own, firstName, lastName, phone, locale, tags, note, state };
    const names = Object.keys(after) as (keyof typeof after)[];
    const changed = changedFields(
      Object.fromEntries(names.map((name) => [name, before[name]])),
      after,
    );
    // What they are called stays out of a log that forgets nothing.
    const target = { kind: 'customer', id: customerId };
    const fields = Object.keys(changed.after);
    store.record({ action: 'customer.updated', target, after: { changed: fields } });
    store.publish(CustomerChanged, { customerId, created: false });
    return this.get(store, customerId);
  }

  /**
   * Takes everything out that tells who the customer was; the row stays, so that orders keep theirs. Doing it again
   * changes nothing.
   * @throws customers.customer-not-found, customers.orders-open
   */
  async erase(store: StoreWriter, customerId: string): Promise<void> {
    const { state, email } = await this.get(store, customerId);
    if (state === 'erased') return;
    await this.refuseWithOpenOrders(store, customerId);
    for (const records of this.records) await records.erase?.(store, { customerId, email });
    const { storeId } = store;
    for (const table of [
      'customer_addresses',
      'customer_consents',
      'customer_sessions',
      'customer_codes',
      'customer_group_members',
    ]) {
      await store.execute(`DELETE FROM ${table} WHERE store_id = $1 AND customer_id = $2`, [
        storeId,
        customerId,
      ]);
    }
    await store.execute(
      `UPDATE customers SET email = NULL, first_name = '', last_name = '', phone = NULL, password_hash = NULL,
         email_verified_at = NULL, email_marketing = false, tags = '{}', note = '', state = 'erased',
         version = version + 1, updated_at = now()
       WHERE store_id = $1 AND customer_id = $2`,
      [storeId, customerId],
    );
    store.publish(CustomerErased, { customerId });
    store.record({ action: 'customer.erased', target: { kind: 'customer', id: customerId } });
  }

  private async refuseWithOpenOrders(store: StoreReader, customerId: string): Promise<void> {
    const named = await Promise.all(this.objections.map((ask) => ask(store, customerId)));
    const orders = named.flat();
    if (orders.length > 0)
      throw customersErrors.error('orders-open', { orders: orders.slice(0, 20).join(', ') });
  }

  /** The new customer's id; null when the address is another's. */
  private async insert(store: StoreWriter, input: CustomerInput): Promise<string | null> {
    const { email, firstName, lastName, phone, locale, tags, note } = input;
    const [made] = await store.query<{ id: string }>(
      `INSERT INTO customers (store_id, customer_id, email, first_name, last_name, phone, locale, tags, note)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (store_id, email) DO NOTHING
       RETURNING customer_id AS id`,
      [store.storeId, newId(), normalEmail(email), firstName, lastName, phone, locale, tags, note],
    );
    if (!made) return null;
    store.publish(CustomerChanged, { customerId: made.id, created: true });
    return made.id;
  }

  private async lock(store: StoreWriter, customerId: string): Promise<Customer> {
    await store.query('SELECT FROM customers WHERE store_id = $1 AND customer_id = $2 FOR UPDATE', [
      store.storeId,
      customerId,
    ]);
    const customer = await this.get(store, customerId);
    if (customer.state === 'erased') throw customersErrors.error('customer-erased');
    return customer;
  }

  private async endSessions(store: StoreWriter, customerId: string): Promise<void> {
    await store.execute('DELETE FROM customer_sessions WHERE store_id = $1 AND customer_id = $2', [
      store.storeId,
      customerId,
    ]);
  }
}
