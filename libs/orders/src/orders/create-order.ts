import { newId } from '@libs/kernel';
import type { StoreWriter } from '@platform/database';
import { OrderPlaced } from '../orders.events';
import { riskFlags } from '../risk/risk-flags';
import { deriveFinancial } from '../status/financial-status';
import { deriveFulfilment } from '../status/fulfilment-status';
import { record } from '../timeline/timeline';
import { checkSnapshot } from './check-snapshot';
import type { Address, OrderSnapshot, PlacedOrder } from './snapshot';
import { giveStatusToken } from './status-tokens.queries';
import { takeNumber } from './take-number.queries';
import { writeRows } from './write-rows.queries';

/**
 * Places an order. A checkout has one order however often it is asked for; the number is taken by the last statement,
 * so whoever has more to write does it before.
 * @throws orders.unbalanced-snapshot
 */
export async function createOrder(
  store: StoreWriter,
  snapshot: OrderSnapshot,
): Promise<PlacedOrder> {
  checkSnapshot(snapshot);
  const orderId = snapshot.orderId ?? newId();
  const { attempts = 1 } = snapshot;
  const risk = [...new Set([...snapshot.risk, ...riskFlags({ ...snapshot, attempts })])];
  const made = await insertOrder(store, orderId, { ...snapshot, risk });
  if (!made) return findPlaced(store, snapshot.checkoutId);
  await writeRows(store, orderId, snapshot);
  const statusToken = await giveStatusToken(store, orderId, 'checkout');
  await record(store, orderId, {
    kind: 'placed',
    data: { totalMinor: snapshot.totals.totalMinor, currency: snapshot.currency },
    by: { kind: 'customer', label: snapshot.email ?? '' },
  });
  if (risk.length > 0) {
    const by = { kind: 'system' as const, label: 'orders' };
    await record(store, orderId, { kind: 'risk', data: { flags: risk }, by });
  }
  const { checkoutId, test } = snapshot;
  const placed = await takeNumber(store, orderId, seriesOf(snapshot));
  store.publish(OrderPlaced, { orderId, checkoutId, test });
  return { orderId, ...placed, statusToken };
}

/** Inserts the order's own row, unless the checkout has an order; waits for another transaction that is making one. */
async function insertOrder(
  store: StoreWriter,
  orderId: string,
  snapshot: OrderSnapshot,
): Promise<boolean> {
  const { totals } = snapshot;
  const row = {
    checkout_id: snapshot.checkoutId,
    test: snapshot.test,
    series: seriesOf(snapshot),
    locale: snapshot.locale,
    source: snapshot.source,
    customer_id: snapshot.customerId,
    email: snapshot.email,
    phone: snapshot.phone,
    shipping_address: snapshot.shippingAddress,
    billing_address: snapshot.billingAddress,
    note: snapshot.note,
    tags: snapshot.tags ?? [],
    attributes: snapshot.attributes,
    risk: snapshot.risk,
    consent: snapshot.consent,
    currency: snapshot.currency,
    subtotal_minor: totals.subtotalMinor,
    discount_minor: totals.discountMinor,
    shipping_minor: totals.shippingMinor,
    fees_minor: totals.feesMinor,
    tax_minor: totals.taxMinor,
    tax_included: totals.taxIncluded,
    total_minor: totals.totalMinor,
    due_minor: totals.totalMinor,
    base: snapshot.base,
    reasons: snapshot.reasons ?? {},
    search_text: searchText(snapshot),
    ...statuses(snapshot),
  };
  const names = Object.keys(row).join(', ');
  const inserted = await store.execute(
    `INSERT INTO orders (store_id, order_id, ${names})
     SELECT $1, $2, ${names} FROM jsonb_populate_record(NULL::orders, $3)
     ON CONFLICT (store_id, checkout_id) DO NOTHING`,
    [store.storeId, orderId, JSON.stringify(row)],
  );
  return inserted === 1;
}

/** What the first look at the payments says. Stored value is spent by the time an order is placed. */
function statuses({ totals, tenders, financial, lines }: OrderSnapshot) {
  const stored = tenders.reduce(
    (sum, { kind, amountMinor }) => sum + (kind === 'provider' ? 0 : amountMinor),
    0,
  );
  const sums = {
    authorizedMinor: financial.authorizedMinor,
    capturedMinor: financial.capturedMinor + stored,
    refundedMinor: 0,
  };
  const units = lines.map(({ quantity, requiresShipping }) => ({
    quantity,
    requiresShipping,
    shipped: 0,
    removed: 0,
    refundedUnshipped: 0,
  }));
  return {
    authorized_minor: sums.authorizedMinor,
    captured_minor: sums.capturedMinor,
    financial_status: deriveFinancial({ ...sums, dueMinor: totals.totalMinor, lapsed: null }),
    fulfilment_status: deriveFulfilment(units, { onHold: false }),
  };
}

async function findPlaced(store: StoreWriter, checkoutId: string): Promise<PlacedOrder> {
  const [row] = await store.query<Omit<PlacedOrder, 'statusToken'>>(
    `SELECT order_id AS "orderId", number, name FROM orders WHERE store_id = $1 AND checkout_id = $2`,
    [store.storeId, checkoutId],
  );
  if (!row) throw new Error(`The order of checkout ${checkoutId} vanished.`);
  return { ...row, statusToken: null };
}

/** What staff look an order up by, beside its name. */
function searchText({ email, phone, shippingAddress, billingAddress }: OrderSnapshot): string {
  const named = (address: Address | null) => [address?.name, address?.company];
  const words = [email, phone, ...named(shippingAddress), ...named(billingAddress)];
  return [...new Set(words.filter((word) => word))].join(' ').toLowerCase();
}

function seriesOf({ test }: OrderSnapshot): 'order' | 'test-order' {
  return test ? 'test-order' : 'order';
}
