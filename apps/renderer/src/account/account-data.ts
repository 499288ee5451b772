import { Inject, Injectable } from '@nestjs/common';
import { Checkouts, namedCountries } from '@renderer/checkout';
import { type Customer, CustomerAddresses, CustomerSessions } from '@renderer/customers';
import { CustomerOrders, orderStanding } from '@renderer/orders';
import type { StoreReader } from '@platform/database';
import { customerView, orderView } from './customer-view';

/** The page of an account, as far as its data differs by it. */
export interface AccountSurroundings {
  type: string;
  locale: string;
  shop: { country: string; currency: string };
}

/** What pages show of a customer, read with the page's own snapshot. */
@Injectable()
export class AccountData {
  constructor(
    @Inject(CustomerSessions) private readonly sessions: CustomerSessions,
    @Inject(CustomerAddresses) private readonly addresses: CustomerAddresses,
    @Inject(CustomerOrders) private readonly orders: CustomerOrders,
    @Inject(Checkouts) private readonly checkouts: Checkouts,
  ) {}

  /** Who is signed in by this token; null when nobody is. */
  customerOf(store: StoreReader, token: string | null): Promise<Customer | null> {
    return token === null ? Promise.resolve(null) : this.sessions.customerOf(store, token);
  }

  /**
   * `@customer`, or null when nobody is signed in.
   * @param page which of the account's pages it is, which show addresses and orders too; null for others
   */
  async view(
    store: StoreReader,
    token: string | null,
    page: AccountSurroundings | null,
  ): Promise<Record<string, unknown> | null> {
    const customer = await this.customerOf(store, token);
    if (!customer) return null;
    const { orders, count } = await this.orders.list(store, customer.id);
    const addresses = page ? await this.addresses.list(store, customer.id) : [];
    return customerView({
      customer,
      addresses,
      orders: page ? orders : [],
      ordersCount: count,
      countries: page?.type === 'customers/addresses' ? countriesFor(page) : [],
    });
  }

  /** `@order` of whoever is signed in; null when they have no such order. */
  async order(
    store: StoreReader,
    token: string | null,
    orderId: string,
  ): Promise<Record<string, unknown> | null> {
    const customer = await this.customerOf(store, token);
    const found = customer && (await this.orders.find(store, customer.id, orderId));
    if (!found) return null;
    const { order, lines } = found;
    const opening = await this.checkouts.tokenOf(store, order.checkoutId);
    const status = `/orders/${opening}`;
    const { returnable, documents } = await orderStanding(store, order.id);
    return {
      ...orderView(order, lines),
      status_url: status,
      return_url: returnable ? `${status}/return` : null,
      documents: documents.map(({ id, name, kind }) => ({
        name,
        kind,
        url: `${status}/documents/${id}`,
      })),
    };
  }
}

function countriesFor({ locale, shop: { country, currency } }: AccountSurroundings) {
  return namedCountries(locale).map(({ code, name }) => ({
    code,
    name,
    currency,
    active: code === country,
  }));
}
