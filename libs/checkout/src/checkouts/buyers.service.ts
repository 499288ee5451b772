import { Inject, Injectable } from '@nestjs/common';
import { Consents, CustomerAddresses, Customers } from '@libs/customers';
import type { StoreReader, StoreWriter } from '@platform/database';
import type { Address, Checkout } from './checkout';

/** What a checkout is told of whoever is signed in. */
export type KnownBuyer = Pick<Checkout, 'customerId' | 'email' | 'phone' | 'shippingAddress'>;

type KeptAddress = Awaited<ReturnType<CustomerAddresses['list']>>[number];

const nobody: KnownBuyer = { customerId: null, email: null, phone: null, shippingAddress: null };

/** Who buys: a customer who is signed in, or whoever the e-mail address belongs to. */
@Injectable()
export class Buyers {
  constructor(
    @Inject(Customers) private readonly customers: Customers,
    @Inject(CustomerAddresses) private readonly addresses: CustomerAddresses,
    @Inject(Consents) private readonly consents: Consents,
  ) {}

  /** What need not be typed again. */
  async known(store: StoreReader, customerId: string | null): Promise<KnownBuyer> {
    const customer = customerId === null ? null : await this.customers.find(store, customerId);
    if (!customer) return nobody;
    const [address] = await this.addresses.list(store, customer.id);
    return {
      customerId: customer.id,
      email: customer.email,
      phone: customer.phone,
      shippingAddress: address ? typedAddress(address) : null,
    };
  }

  /** The customer's groups by id and by name: discounts may name either. */
  async groupsOf(store: StoreReader, customerId: string | null): Promise<string[]> {
    if (customerId === null) return [];
    const rows = await store.query<{ id: string; name: string }>(
      `SELECT g.group_id AS id, g.name FROM customer_group_members m
       JOIN customer_groups g ON g.store_id = m.store_id AND g.group_id = m.group_id
       WHERE m.store_id = $1 AND m.customer_id = $2 ORDER BY g.group_id`,
      [store.storeId, customerId],
    );
    return rows.flatMap(({ id, name }) => [id, name]);
  }

  /**
   * Whose order it is going to be; a guest is known by the e-mail address from now on. What was agreed to is noted.
   * @returns null where nobody may be told of it: without an address, or while its account is not proved to be theirs
   */
  async ownerOf(store: StoreWriter, checkout: Checkout): Promise<string | null> {
    const { email, phone, locale, consent } = checkout;
    const name = (checkout.billingAddress ?? checkout.shippingAddress)?.name ?? '';
    const [firstName, lastName] = splitName(name);
    const buyer = { firstName, lastName, phone, locale };
    const id =
      checkout.customerId ??
      (email === null
        ? null
        : await this.customers.findOrCreateByEmail(store, { ...buyer, email }));
    if (id !== null && consent?.marketing) {
      const source = '/checkout';
      await this.consents.record(store, id, { kind: 'email_marketing', granted: true, source });
    }
    return id;
  }
}

/** Family names are written last here; where they are not, both parts still make the whole name. */
function splitName(name: string): [string, string] {
  const at = name.trim().lastIndexOf(' ');
  return at < 0 ? ['', name.trim()] : [name.slice(0, at).trim(), name.slice(at + 1).trim()];
}

function typedAddress(kept: KeptAddress): Address {
  const { company, address2, zip, province, phone } = kept;
  return {
    name: `${kept.firstName} ${kept.lastName}`.trim(),
    address1: kept.address1,
    city: kept.city,
    country: kept.country,
    ...(company && { company }),
    ...(address2 && { address2 }),
    ...(zip && { zip }),
    ...(province && { province }),
    ...(phone && { phone }),
  };
}
