import { CatalogModule, Stock } from '@libs/catalog';
import { newId } from '@libs/kernel';
import { Orders, OrdersModule } from '@libs/orders';
import { Payments, PaymentsModule } from '@libs/payments';
import type { StoreReader, StoreWriter } from '@platform/database';
import type { PlacedOrder } from '../src/orders/snapshot';
import { type Lab, openLab } from '@testing';
import { writeProducts } from '../../catalog/src/product-write';
import { aPayment, anAccount, tell } from '../../payments/test/payments-lab';
import { aSnapshot, type LineWish, type OrderWish } from './order.builder';

/** A lab in which orders are paid and have stock. */
export interface OrderLab {
  readonly lab: Lab;
  readonly orders: Orders;
  /** A store with an account for payments and these units on the shelf; answers the items. */
  aShop(onHand: (number | null)[], currency?: string): Promise<Shop>;
  close(): Promise<void>;
}

/** A store that sells. */
export interface Shop {
  storeId: string;
  items: string[];
  write<T>(work: (store: StoreWriter) => Promise<T>): Promise<T>;
  read<T>(work: (store: StoreReader) => Promise<T>): Promise<T>;
  /** Places an order of so many units of each item, 50.00 each; paid, authorised or neither. */
  sell(quantities: number[], options?: SaleOptions): Promise<Sale>;
  /** The payment's provider answers everything that is wanted of it. */
  answer(sale: Pick<Sale, 'orderId' | 'paymentId'>): Promise<void>;
  levels(): Promise<{ onHand: number; committed: number; reserved: number; unavailable: number }[]>;
}

/** How a sale is paid. */
export interface SaleOptions extends OrderWish {
  money?: 'captured' | 'authorized' | 'none';
  /** Whether the items are gift cards. */
  giftCards?: boolean;
  /** Whom they are for. */
  recipient?: LineWish['recipient'];
}

/** An order that was placed, with its payment and its lines. */
export interface Sale extends PlacedOrder {
  paymentId: string;
  lineIds: string[];
}

/** Opens a lab; close it in `afterAll`. */
export async function openOrderLab(more: (typeof OrdersModule)[] = []): Promise<OrderLab> {
  const lab = await openLab({ modules: [CatalogModule, PaymentsModule, OrdersModule, ...more] });
  return {
    lab,
    orders: lab.get(Orders),
    aShop: (onHand, currency = 'EUR') => openShop(lab, onHand, currency),
    close: () => lab.close(),
  };
}

async function openShop(lab: Lab, onHand: (number | null)[], currency: string): Promise<Shop> {
  const storeId = await lab.aStore({ currency });
  const accountId = await anAccount(lab, storeId, { provider: 'manual' });
  const write: Shop['write'] = (work) => lab.db.write(storeId, work);
  const read: Shop['read'] = (work) => lab.db.read(storeId, work);
  const variants = onHand.map((quantity, index) => ({
    options: [`Size ${index}`],
    sku: `S-${index}`,
    priceMinor: 5000,
    inventory: { tracked: quantity !== null, quantity: quantity ?? 0 },
  }));
  await write((store) =>
    writeProducts(
      store,
      [{ handle: 'vase', title: 'Vase', options: [{ name: 'Size' }], variants }],
      { overwrite: true },
    ),
  );
  const rows = await read((store) =>
    store.query<{ id: string }>('SELECT variant_id AS id FROM variants ORDER BY sku'),
  );
  const items = rows.map(({ id }) => id);
  return {
    storeId,
    items,
    write,
    read,
    sell: (quantities, options = {}) =>
      sell(lab, { storeId, accountId, items }, quantities, options),
    answer: ({ orderId, paymentId }) => answer(lab, { storeId, orderId, paymentId }),
    levels: () =>
      read((store) =>
        store.query(
          `SELECT on_hand AS "onHand", committed, reserved, unavailable FROM inventory_levels
           ORDER BY item_id, location_id`,
        ),
      ),
  };
}

async function sell(
  lab: Lab,
  { storeId, accountId, items }: { storeId: string; accountId: string; items: string[] },
  quantities: number[],
  { money = 'captured', giftCards = false, recipient, ...wish }: SaleOptions,
): Promise<Sale> {
  const checkoutId = newId();
  const orderId = newId();
  const wants = quantities
    .map((quantity, index) => ({ itemId: items[index] ?? '', quantity }))
    .filter(({ quantity }) => quantity > 0);
  const lines = wants.map(({ itemId, quantity }) => ({
    variantId: itemId,
    quantity,
    giftCard: giftCards,
    recipient,
  }));
  const draft = aSnapshot({ lines, ...wish });
  const amountMinor = draft.totals.totalMinor;
  const paymentId = await aPayment(lab, storeId, accountId, { amountMinor, checkoutId });
  if (money !== 'none') {
    const kind = money === 'captured' ? 'capture' : 'auth';
    const status = money === 'captured' ? 'succeeded' : 'authorized';
    const fact = { kind, status, objectId: `${kind}-${paymentId}`, at: new Date().toISOString() };
    await tell(lab, storeId, paymentId, [
      { ...fact, money: { amountMinor, currency: 'EUR' } } as Parameters<typeof tell>[3][number],
    ]);
  }
  return lab.db.write(storeId, async (store) => {
    const expiresAt = new Date(Date.now() + 600_000).toISOString();
    const held = await lab.get(Stock).reserve(store, { checkoutId, wants, expiresAt });
    if (!held.reserved) throw new Error('Too little in stock.');
    await lab.get(Payments).assignOrder(store, checkoutId, orderId);
    await lab.get(Stock).commit(store, checkoutId, orderId);
    const allocated = draft.lines.map((line) => ({
      ...line,
      allocations: held.allocations.filter(({ itemId }) => itemId === line.variantId),
    }));
    const placed = await lab.get(Orders).create(store, {
      ...draft,
      orderId,
      checkoutId,
      lines: allocated,
      tenders: draft.tenders.map((tender) => ({ ...tender, id: paymentId })),
      paymentIds: [paymentId],
      financial: {
        authorizedMinor: money === 'authorized' ? amountMinor : 0,
        capturedMinor: money === 'captured' ? amountMinor : 0,
      },
    });
    const rows = await store.query<{ id: string }>(
      'SELECT order_line_id AS id FROM order_lines WHERE order_id = $1 ORDER BY position',
      [orderId],
    );
    return { ...placed, paymentId, lineIds: rows.map(({ id }) => id) };
  });
}

interface Wanted {
  id: string;
  kind: 'capture' | 'cancel' | 'refund';
  targetId: string | null;
  amountMinor: number;
}

/** Says of every wanted operation that it was done, and lets the order look. */
async function answer(
  lab: Lab,
  { storeId, orderId, paymentId }: { storeId: string; orderId: string; paymentId: string },
): Promise<void> {
  const wanted = await lab.db.write(storeId, (store) =>
    store.query<Wanted>(
      `UPDATE payment_operations SET state = 'done', next_at = NULL WHERE payment_id = $1 AND state IN ('wanted', 'sent')
       RETURNING operation_id AS id, kind, target_id AS "targetId", amount_minor AS "amountMinor"`,
      [paymentId],
    ),
  );
  const at = new Date().toISOString();
  for (const { id, kind, targetId, amountMinor } of wanted) {
    const money = { amountMinor, currency: 'EUR' };
    const done = { objectId: id, money, at, operationKey: id };
    const facts = {
      capture: { ...done, kind: 'capture', status: 'succeeded', parentId: `auth-${paymentId}` },
      refund: { ...done, kind: 'refund', status: 'succeeded', parentId: targetId ?? undefined },
      cancel: { ...done, kind: 'auth', status: 'voided', objectId: `auth-${paymentId}` },
    } as const;
    await tell(lab, storeId, paymentId, [facts[kind]]);
  }
  await lab.db.write(storeId, (store) => lab.get(Orders).takeStockOfMoney(store, orderId));
}
