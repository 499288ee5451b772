import { Inject, Injectable } from '@nestjs/common';
import { type Customer, CustomerAddresses, CustomerSessions } from '@renderer/customers';
import { CustomerOrders } from '@renderer/orders';
import type { StoreReader } from '@platform/database';
import { customerView, orderView } from './customer-view';

/** What pages show of a customer, read with the page's own snapshot. */
@Injectable()
export class AccountData {
  constructor(
    @Inject(CustomerSessions) private readonly sessions: CustomerSessions,
    @Inject(CustomerAddresses) private readonly addresses: CustomerAddresses,
    @Inject(CustomerOrders) private readonly orders: CustomerOrders,
  ) {}

  /** Who is signed in by this token; null when nobody is. */
  customerOf(store: StoreReader, token: string | null): Promise<Customer | null> {
    return token === null ? Promise.resolve(null) : this.sessions.customerOf(store, token);
  }

  /**
   * `@customer`, or null when nobody is signed in.
   * @param whole whether the page is one of the account's, which show addresses and orders too
   */
  async view(
    store: StoreReader,
    token: string | null,
    whole: boolean,
  ): Promise<Record<string, unknown> | null> {
    const customer = await this.customerOf(store, token);
    if (!customer) return null;
    const { orders, count } = await this.orders.list(store, customer.id);
    const addresses = whole ? await this.addresses.list(store, customer.id) : [];
    return customerView({ customer, addresses, orders: whole ? orders : [], ordersCount: count });
  }

  /** `@order` of whoever is signed in; null when they have no such order. */
  async order(
    store: StoreReader,
    token: string | null,
    orderId: string,
  ): Promise<Record<string, unknown> | null> {
    const customer = await this.customerOf(store, token);
    const found = customer && (await this.orders.find(store, customer.id, orderId));
    return found ? orderView(found.order, found.lines) : null;
  }
}
