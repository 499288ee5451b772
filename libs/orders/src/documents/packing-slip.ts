import type { Store } from '@libs/stores';
import type { StoreReader } from '@platform/database';
import { type OrderLineRow, readLines, readOrder } from '../orders/order-rows.queries';
import { type ParcelView, readParcels } from '../orders/order-view';
import type { Address } from '../orders/snapshot';
import { ordersErrors } from '../orders.errors';
import { openUnits } from '../status/fulfilment-status';
import { dayOf } from '../withdrawals/period';

/** What lies in a parcel; tells no price, since it may be a present. */
export interface PackingSlip {
  locale: string;
  /** Nobody paid for it: it is not to be sent. */
  test: boolean;
  storeName: string;
  /** Where questions go; null where the store has no address for mail. */
  storeEmail: string | null;
  orderName: string;
  orderedOn: string;
  deliverTo: Address | null;
  /** How it travels, once it has left. */
  tracking: string | null;
  lines: { title: string; detail: string; properties: [string, string][]; quantity: number }[];
}

/**
 * The slip of a parcel, or of what is still to be packed.
 * @throws orders.order-not-found, orders.parcel-not-found, orders.nothing-to-ship
 */
export async function packingSlipOf(
  store: StoreReader,
  shop: Store,
  { orderId, parcelId }: { orderId: string; parcelId: string | null },
): Promise<PackingSlip> {
  const order = await readOrder(store, orderId);
  const lines = await readLines(store, orderId);
  const parcel = parcelId === null ? null : await parcelOf(store, orderId, parcelId);
  const packed = lines
    .map((line) => ({ line, quantity: parcel ? unitsIn(parcel, line) : unitsToPack(line) }))
    .filter(({ quantity }) => quantity > 0);
  if (packed.length === 0) throw ordersErrors.error('nothing-to-ship', { name: order.name });
  const tracking = [parcel?.carrier, parcel?.trackingNumber].filter(Boolean).join(' ');
  return {
    locale: order.locale,
    test: order.test,
    storeName: shop.name,
    storeEmail: shop.email,
    orderName: order.name,
    orderedOn: dayOf(order.placedAt, shop.timeZone),
    deliverTo: order.shippingAddress,
    tracking: tracking || null,
    lines: packed.map(({ line, quantity }) => ({
      title: line.title,
      detail: [line.variantTitle, line.sku].filter((part) => part !== null).join(' · '),
      // What begins with a line is the theme's own business and shown to nobody.
      properties: line.properties.filter(([name]) => !name.startsWith('_')),
      quantity,
    })),
  };
}

async function parcelOf(
  store: StoreReader,
  orderId: string,
  parcelId: string,
): Promise<ParcelView> {
  const parcel = (await readParcels(store, orderId)).find(({ id }) => id === parcelId);
  if (!parcel) throw ordersErrors.error('parcel-not-found');
  return parcel;
}

function unitsIn({ lines }: ParcelView, { id }: OrderLineRow): number {
  return lines.find(({ lineId }) => lineId === id)?.quantity ?? 0;
}

function unitsToPack(line: OrderLineRow): number {
  return line.requiresShipping ? openUnits(line) : 0;
}
