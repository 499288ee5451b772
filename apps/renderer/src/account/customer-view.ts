import type { Customer, CustomerAddress } from '@renderer/customers';
import type { CustomerOrder, CustomerOrderLine } from '@renderer/orders';

/** What a page shows of whoever is signed in; lists that the page does not read are left empty. */
export interface KnownCustomer {
  customer: Customer;
  addresses: readonly (CustomerAddress & { publicId: number; isDefault: boolean })[];
  orders: readonly CustomerOrder[];
  ordersCount: number;
  /** What an address may be in, the shop's own country active. */
  countries: readonly { code: string; name: string; currency: string; active: boolean }[];
}

/** `@customer` as themes read it. */
export function customerView(known: KnownCustomer): Record<string, unknown> {
  const { customer, addresses, orders, ordersCount, countries } = known;
  return {
    id: String(customer.publicId),
    first_name: customer.firstName || null,
    last_name: customer.lastName || null,
    email: customer.email ?? '',
    tags: customer.tags,
    orders_count: ordersCount,
    addresses: addresses.map((one) => ({
      id: one.publicId,
      first_name: one.firstName,
      last_name: one.lastName,
      company: one.company,
      address1: one.address1,
      address2: one.address2,
      zip: one.zip,
      city: one.city,
      province: one.province,
      country: one.country,
      phone: one.phone,
      default: one.isDefault,
    })),
    orders: orders.map((order) => orderView(order, [])),
    countries,
  };
}

/** `@order` as themes read it. */
export function orderView(
  order: CustomerOrder,
  lines: readonly CustomerOrderLine[],
): Record<string, unknown> {
  return {
    id: order.id,
    name: order.name,
    url: `/account/orders/${order.id}`,
    status_url: null,
    return_url: null,
    reorder_url: `/account/orders/${order.id}/reorder`,
    documents: [],
    created_at: order.placedAt.toISOString(),
    total_price: order.totalMinor,
    currency: order.currency,
    financial_status: order.financialStatus,
    fulfilment_status: order.fulfilmentStatus,
    items: lines.map((line) => ({
      title: line.title,
      variant_title: line.variantTitle,
      sku: line.sku,
      quantity: line.quantity,
      price: line.unitMinor,
      line_price: line.totalMinor,
    })),
  };
}
