import { Injectable } from '@nestjs/common';
import { newId } from '@libs/kernel';
import type { StoreReader, StoreWriter } from '@platform/database';
import { checkVersion } from '@platform/http';
import { customersErrors } from '../customers.errors';
import { noteChange } from './note-change';

interface Member {
  customerId: string;
}

/** Customers who are treated alike: retailers, friends of the house. */
export interface CustomerGroup {
  id: string;
  name: string;
  /** How many are in it. */
  size: number;
  version: number;
  createdAt: Date;
}

const limit = 200;
const columns = `g.group_id AS id, g.name, g.version, g.created_at AS "createdAt",
  (SELECT count(*)::int FROM customer_group_members m
   WHERE m.store_id = g.store_id AND m.group_id = g.group_id) AS size`;

/** Groups that a merchant puts customers in. */
@Injectable()
export class CustomerGroups {
  /** By name. */
  list(store: StoreReader): Promise<CustomerGroup[]> {
    return store.query<CustomerGroup>(
      `SELECT ${columns} FROM customer_groups g WHERE g.store_id = $1 ORDER BY lower(g.name), g.group_id`,
      [store.storeId],
    );
  }

  /** @throws customers.group-taken, customers.too-many-groups */
  async create(store: StoreWriter, name: string): Promise<CustomerGroup> {
    if ((await this.list(store)).length >= limit)
      throw customersErrors.error('too-many-groups', { limit });
    const id = newId();
    const made = await store.execute(
      `INSERT INTO customer_groups (store_id, group_id, name) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
      [store.storeId, id, name],
    );
    if (made === 0) throw customersErrors.error('group-taken', { name }, { field: 'name' });
    store.record({
      action: 'customer-group.created',
      target: { kind: 'customer-group', id },
      after: { name },
    });
    return this.get(store, id);
  }

  /** @throws customers.group-not-found, customers.group-taken, http.version-conflict */
  async rename(
    store: StoreWriter,
    id: string,
    name: string,
    seen: { version?: number; ifMatch?: string },
  ): Promise<CustomerGroup> {
    const before = await this.get(store, id);
    checkVersion(before.version, seen);
    const taken = (await this.list(store)).some((one) => one.name === name && one.id !== id);
    if (taken) throw customersErrors.error('group-taken', { name }, { field: 'name' });
    await store.execute(
      'UPDATE customer_groups SET name = $3, version = version + 1 WHERE store_id = $1 AND group_id = $2',
      [store.storeId, id, name],
    );
    store.record({
      action: 'customer-group.renamed',
      target: { kind: 'customer-group', id },
      before: { name: before.name },
      after: { name },
    });
    return this.get(store, id);
  }

  /** The customers stay. @throws customers.group-not-found */
  async delete(store: StoreWriter, id: string): Promise<void> {
    const gone = await store.execute(
      'DELETE FROM customer_groups WHERE store_id = $1 AND group_id = $2',
      [store.storeId, id],
    );
    if (gone === 0) throw customersErrors.error('group-not-found');
    store.record({ action: 'customer-group.deleted', target: { kind: 'customer-group', id } });
  }

  /**
   * Puts customers in and takes others out; who is there already, or not, stays so.
   * @throws customers.group-not-found, customers.customer-not-found
   */
  async changeMembers(
    store: StoreWriter,
    id: string,
    { add, remove }: { add: readonly string[]; remove: readonly string[] },
  ): Promise<CustomerGroup> {
    await this.get(store, id);
    await this.checkCustomers(store, [...add, ...remove]);
    const gone = await store.query<Member>(
      `DELETE FROM customer_group_members
       WHERE store_id = $1 AND group_id = $2 AND customer_id = ANY ($3::uuid[])
       RETURNING customer_id AS "customerId"`,
      [store.storeId, id, remove],
    );
    const come = await store.query<Member>(
      `INSERT INTO customer_group_members (store_id, group_id, customer_id)
       SELECT store_id, $2, customer_id FROM customers
       WHERE store_id = $1 AND customer_id = ANY ($3::uuid[]) AND state <> 'erased'
       ON CONFLICT DO NOTHING RETURNING customer_id AS "customerId"`,
      [store.storeId, id, add],
    );
    const moved = [...gone, ...come].map(({ customerId }) => customerId);
    await noteChange(store, [...new Set(moved)]);
    store.record({
      action: 'customer-group.changed',
      target: { kind: 'customer-group', id },
      after: { add, remove },
    });
    return this.get(store, id);
  }

  private async checkCustomers(store: StoreReader, ids: readonly string[]): Promise<void> {
    const known = await store.query(
      `SELECT FROM customers WHERE store_id = $1 AND customer_id = ANY ($2::uuid[])`,
      [store.storeId, ids],
    );
    if (known.length < new Set(ids).size) throw customersErrors.error('customer-not-found');
  }

  private async get(store: StoreReader, id: string): Promise<CustomerGroup> {
    const [group] = await store.query<CustomerGroup>(
      `SELECT ${columns} FROM customer_groups g WHERE g.store_id = $1 AND g.group_id = $2`,
      [store.storeId, id],
    );
    if (!group) throw customersErrors.error('group-not-found');
    return group;
  }
}
