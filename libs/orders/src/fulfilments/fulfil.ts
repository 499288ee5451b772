import type { Stock } from '@libs/catalog';
import { newId } from '@libs/kernel';
import type { StoreWriter } from '@platform/database';
import { refuseDisputed } from '../money/disputes';
import { lockOrder, type OrderLineRow, readLines } from '../orders/order-rows.queries';
import { refuseOver, unitsWanted } from '../orders/units-wanted';
import { ordersErrors } from '../orders.errors';
import { ParcelShipped } from '../orders.events';
import { openUnits } from '../status/fulfilment-status';
import { restate } from '../status/restate';
import { refuseUnknownPlaces } from '../stock/known-places.queries';
import { takeUnits, type UnitsOfLine } from '../stock/take-units.queries';
import { record } from '../timeline/timeline';
import { completeTracking, type Tracking } from './carriers';

/** A parcel that leaves. */
export interface ParcelWish {
  /** Of the request: the same key makes no second parcel. */
  key: string;
  /** Which units; all that are to be shipped when left out. */
  lines?: readonly UnitsOfLine[];
  /** Where it is packed: only what lies there goes in. */
  locationId?: string | null;
  tracking?: Partial<Tracking>;
  /** Whether the shopper gets a mail. */
  notify?: boolean;
}

/**
 * Sends units of an order away in a parcel.
 * @returns the parcel's id
 * @throws orders.order-not-found, orders.cancelled, orders.on-hold, orders.disputed, orders.nothing-to-ship, orders.line-not-found,
 * orders.too-many-units, orders.location-not-found, orders.not-at-location
 */
export async function fulfil(
  { store, stock }: { store: StoreWriter; stock: Stock },
  orderId: string,
  wish: ParcelWish,
): Promise<string> {
  const order = await lockOrder(store, orderId);
  const before = await findParcel(store, orderId, wish.key);
  if (before !== null) return before;
  if (order.state === 'cancelled') throw ordersErrors.error('cancelled', { name: order.name });
  if (order.onHold) throw ordersErrors.error('on-hold', { name: order.name });
  await refuseDisputed(store, order);
  const lines = await readLines(store, orderId);
  const wanted = wish.lines ? unitsWanted(lines, wish.lines) : everythingOpen(lines);
  if (wanted.length === 0) throw ordersErrors.error('nothing-to-ship', { name: order.name });
  refuseOver(wanted, openUnits);
  await refuseUnknownPlaces(store, [{ locationId: wish.locationId, field: 'locationId' }]);
  const units = wanted.map(({ line, quantity }) => ({ lineId: line.id, quantity }));
  const allocations = await takeUnits(store, orderId, units, wish.locationId ?? null);
  const fulfilmentId = newId();
  const places = new Set(allocations.flatMap(({ locationId }) => locationId ?? []));
  const tracking = completeTracking(wish.tracking ?? {});
  const locationId = wish.locationId ?? (places.size === 1 ? [...places][0] : null);
  await writeParcel(store, { ...wish, orderId, fulfilmentId, units, tracking, locationId });
  await record(store, orderId, {
    kind: 'shipped',
    data: { fulfilmentId, lines: units, ...tracking },
  });
  await restate(store, orderId);
  store.publish(ParcelShipped, { orderId, fulfilmentId });
  await stock.fulfil(store, { orderId, parcelId: fulfilmentId, lines: allocations });
  return fulfilmentId;
}

async function findParcel(
  store: StoreWriter,
  orderId: string,
  key: string,
): Promise<string | null> {
  const [row] = await store.query<{ id: string }>(
    `SELECT fulfilment_id AS id FROM fulfilments WHERE store_id = $1 AND order_id = $2 AND request_key = $3`,
    [store.storeId, orderId, key],
  );
  return row?.id ?? null;
}

function everythingOpen(lines: readonly OrderLineRow[]) {
  return lines
    .filter((line) => line.requiresShipping && openUnits(line) > 0)
    .map((line) => ({ line, quantity: openUnits(line) }));
}

async function writeParcel(
  store: StoreWriter,
  parcel: Omit<ParcelWish, 'lines' | 'tracking'> & {
    orderId: string;
    fulfilmentId: string;
    units: UnitsOfLine[];
    tracking: Tracking;
  },
): Promise<void> {
  const { orderId, fulfilmentId, key, units, tracking, locationId, notify = true } = parcel;
  const { carrier, number, url } = tracking;
  await store.execute(
    `INSERT INTO fulfilments (store_id, fulfilment_id, order_id, request_key, location_id, carrier, tracking_number,
       tracking_url, notify)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [store.storeId, fulfilmentId, orderId, key, locationId, carrier, number, url, notify],
  );
  await store.execute(
    `WITH units AS (SELECT * FROM jsonb_to_recordset($3) AS u ("lineId" uuid, quantity int)), sent AS (
       INSERT INTO fulfilment_lines (store_id, fulfilment_id, order_line_id, quantity)
       SELECT $1, $2, "lineId", quantity FROM units
     )
     UPDATE order_lines l SET shipped = l.shipped + u.quantity FROM units u
     WHERE l.store_id = $1 AND l.order_line_id = u."lineId"`,
    [store.storeId, fulfilmentId, JSON.stringify(units)],
  );
}
