import { Injectable } from '@nestjs/common';
import { newId } from '@libs/kernel';
import type { StoreReader, StoreWriter } from '@platform/database';
import { customersErrors } from '../customers.errors';
import { noteChange } from './note-change';

/** Where something is sent. */
export interface CustomerAddress {
  firstName: string;
  lastName: string;
  company: string;
  address1: string;
  address2: string;
  zip: string;
  city: string;
  province: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  phone: string;
}

/** An address in a customer's book. */
export interface KeptAddress extends CustomerAddress {
  id: string;
  publicId: number;
  isDefault: boolean;
}

/** More than anybody has; Shopify's book ends at the same number. */
const limit = 100;

/** Customers' address books. The first address is the default one until another is chosen. */
@Injectable()
export class CustomerAddresses {
  /** The default one first, then as they were added. */
  async list(store: StoreReader, customerId: string): Promise<KeptAddress[]> {
    const rows = await store.query<
      Omit<KeptAddress, keyof CustomerAddress> & { address: CustomerAddress }
    >(
      `SELECT address_id AS id, public_id AS "publicId", is_default AS "isDefault", address
       FROM customer_addresses WHERE store_id = $1 AND customer_id = $2
       ORDER BY is_default DESC, address_id`,
      [store.storeId, customerId],
    );
    return rows.map(({ address, ...row }) => ({ ...address, ...row }));
  }

  /** @throws customers.too-many-addresses */
  async add(
    store: StoreWriter,
    customerId: string,
    address: CustomerAddress,
    isDefault = false,
  ): Promise<void> {
    // The customer's row keeps two of these apart.
    await store.query('SELECT FROM customers WHERE store_id = $1 AND customer_id = $2 FOR UPDATE', [
      store.storeId,
      customerId,
    ]);
    const kept = await this.list(store, customerId);
    if (kept.length >= limit) throw customersErrors.error('too-many-addresses', { limit });
    const first = kept.length === 0;
    if (isDefault && !first) await this.clearDefault(store, customerId);
    await store.execute(
      `INSERT INTO customer_addresses (store_id, address_id, customer_id, address, is_default)
       VALUES ($1, $2, $3, $4, $5)`,
      [store.storeId, newId(), customerId, JSON.stringify(address), first || isDefault],
    );
    await noteChange(store, [customerId]);
  }

  /** @param publicId as the customer's page has it @throws customers.address-not-found */
  async change(
    store: StoreWriter,
    customerId: string,
    publicId: number,
    address: CustomerAddress,
    isDefault = false,
  ): Promise<void> {
    if (isDefault) await this.clearDefault(store, customerId);
    const changed = await store.execute(
      `UPDATE customer_addresses SET address = $4, is_default = is_default OR $5
       WHERE store_id = $1 AND customer_id = $2 AND public_id = $3`,
      [store.storeId, customerId, publicId, JSON.stringify(address), isDefault],
    );
    if (changed === 0) throw customersErrors.error('address-not-found');
    await noteChange(store, [customerId]);
  }

  /** Takes an address out; the oldest of the others becomes the default one. @throws customers.address-not-found */
  async remove(store: StoreWriter, customerId: string, publicId: number): Promise<void> {
    const gone = await store.execute(
      'DELETE FROM customer_addresses WHERE store_id = $1 AND customer_id = $2 AND public_id = $3',
      [store.storeId, customerId, publicId],
    );
    if (gone === 0) throw customersErrors.error('address-not-found');
    await store.execute(
      `UPDATE customer_addresses SET is_default = true
       WHERE store_id = $1 AND address_id = (
         SELECT address_id FROM customer_addresses WHERE store_id = $1 AND customer_id = $2
         ORDER BY is_default DESC, address_id LIMIT 1)`,
      [store.storeId, customerId],
    );
    await noteChange(store, [customerId]);
  }

  private async clearDefault(store: StoreWriter, customerId: string): Promise<void> {
    await store.execute(
      `UPDATE customer_addresses SET is_default = false
       WHERE store_id = $1 AND customer_id = $2 AND is_default`,
      [store.storeId, customerId],
    );
  }
}
