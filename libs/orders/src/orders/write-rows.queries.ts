import { newId } from '@libs/kernel';
import type { StoreWriter } from '@platform/database';
import { writeRecipient } from '../gift-cards/recipients.queries';
import type { OrderChargeInput, OrderLineInput, OrderSnapshot } from './snapshot';

/** Writes everything of a new order but its own row. */
export async function writeRows(
  store: StoreWriter,
  orderId: string,
  snapshot: OrderSnapshot,
): Promise<void> {
  const lines = snapshot.lines.map((line) => ({ ...line, rowId: newId() }));
  const charges = [
    ...snapshot.deliveries.map((row) => ({ ...row, kind: 'shipping' as const, rowId: newId() })),
    ...snapshot.fees.map((row) => ({ ...row, kind: 'fee' as const, rowId: newId() })),
  ];
  await writeLines(store, orderId, lines);
  await writeAllocations(store, orderId, lines);
  for (const { rowId, recipient } of lines)
    if (recipient) await writeRecipient(store, { orderId, lineId: rowId }, recipient);
  if (charges.length > 0) await writeCharges(store, orderId, charges);
  await writeTaxes(store, orderId, { ...snapshot, lines, charges });
  await writeDiscounts(store, orderId, snapshot.discounts);
  if (snapshot.tenders.length > 0) {
    await insert(store, orderId, {
      table: 'order_tenders',
      columns: 'kind text, tender_id text, amount_minor bigint',
      rows: snapshot.tenders.map(({ kind, id, amountMinor }) => ({
        kind,
        tender_id: id,
        amount_minor: amountMinor,
      })),
    });
  }
}

/** A line with the id of its row. */
export type LineWithRow = OrderLineInput & { rowId: string };

/** Writes lines. @param after how many positions of the order are taken */
export function writeLines(
  store: StoreWriter,
  orderId: string,
  lines: readonly LineWithRow[],
  after = 0,
): Promise<void> {
  return insert(store, orderId, {
    after,
    table: 'order_lines',
    columns: `order_line_id uuid, variant_id uuid, product_id uuid, title text, variant_title text, sku text,
      image_url text, properties jsonb, requires_shipping boolean, taxable boolean, gift_card boolean,
      grams double precision, quantity int, unit_minor bigint, subtotal_minor bigint, product_discount_minor bigint,
      order_discount_minor bigint, total_minor bigint, tax_minor bigint, base_minor bigint, discount_allocations jsonb`,
    rows: lines.map((line) => ({
      order_line_id: line.rowId,
      variant_id: line.variantId,
      product_id: line.productId,
      title: line.title,
      variant_title: line.variantTitle,
      sku: line.sku,
      image_url: line.imageUrl,
      properties: line.properties,
      requires_shipping: line.requiresShipping,
      taxable: line.taxable,
      gift_card: line.giftCard ?? false,
      grams: line.grams ?? 0,
      quantity: line.quantity,
      unit_minor: line.unitMinor,
      subtotal_minor: line.subtotalMinor,
      product_discount_minor: line.productDiscountMinor,
      order_discount_minor: line.orderDiscountMinor,
      total_minor: line.totalMinor,
      tax_minor: line.taxMinor,
      base_minor: line.baseMinor,
      discount_allocations: line.discountAllocations,
    })),
  });
}

/** A line without places is not counted: its units wait to be shipped all the same. */
export async function writeAllocations(
  store: StoreWriter,
  orderId: string,
  lines: readonly Pick<LineWithRow, 'rowId' | 'variantId' | 'quantity' | 'allocations'>[],
): Promise<void> {
  const rows = lines.flatMap(({ rowId, variantId, quantity, allocations }) => {
    const nowhere = { itemId: variantId ?? rowId, locationId: null, quantity, backordered: 0 };
    const places = allocations.length > 0 ? allocations : [nowhere];
    return places.map((place) => ({
      order_allocation_id: newId(),
      order_line_id: rowId,
      item_id: place.itemId,
      location_id: place.locationId,
      quantity: place.quantity,
      backordered: place.backordered,
    }));
  });
  await store.execute(
    `INSERT INTO order_allocations (store_id, order_id, order_allocation_id, order_line_id, item_id, location_id,
       quantity, backordered)
     SELECT $1, $2, r.* FROM jsonb_to_recordset($3) AS r (order_allocation_id uuid, order_line_id uuid, item_id uuid,
       location_id uuid, quantity int, backordered int)`,
    [store.storeId, orderId, JSON.stringify(rows)],
  );
}

/** A delivery or a fee with the id of its row. */
export type ChargeWithRow = OrderChargeInput & { rowId: string; kind: 'shipping' | 'fee' };

/** Writes deliveries and fees. @param after how many positions of the order are taken */
export function writeCharges(
  store: StoreWriter,
  orderId: string,
  charges: readonly ChargeWithRow[],
  after = 0,
): Promise<void> {
  return insert(store, orderId, {
    after,
    table: 'order_deliveries',
    columns: `order_delivery_id uuid, kind text, title text, price_minor bigint, discount_minor bigint,
      total_minor bigint, tax_minor bigint, base_minor bigint, discount_allocations jsonb, promise jsonb`,
    rows: charges.map((charge) => ({
      order_delivery_id: charge.rowId,
      kind: charge.kind,
      title: charge.title,
      price_minor: charge.priceMinor,
      discount_minor: charge.discountMinor,
      total_minor: charge.totalMinor,
      tax_minor: charge.taxMinor,
      base_minor: charge.baseMinor,
      discount_allocations: charge.discountAllocations,
      promise: charge.promise ?? {},
    })),
  });
}

/** Writes the taxes of a revision; the one of a new order is 0. */
export async function writeTaxes(
  store: StoreWriter,
  orderId: string,
  {
    taxLines,
    lines,
    charges,
    revision = 0,
  }: Pick<OrderSnapshot, 'taxLines'> & {
    lines: readonly { id: string; rowId: string }[];
    charges: readonly ChargeWithRow[];
    revision?: number;
  },
): Promise<void> {
  if (taxLines.length === 0) return;
  const ids = new Map([
    ...lines.map(({ id, rowId }) => [`line ${id}`, rowId] as const),
    ...charges.map(({ kind, id, rowId }) => [`${kind} ${id}`, rowId] as const),
  ]);
  await insert(store, orderId, {
    table: 'order_tax_lines',
    columns: `taxed text, taxed_id uuid, name text, jurisdiction text, ppm int, scheme text, taxable_minor bigint,
      tax_minor bigint, base_tax_minor bigint, revision int`,
    rows: taxLines.map((tax) => ({
      revision,
      taxed: tax.on,
      taxed_id: ids.get(`${tax.on} ${tax.id}`),
      name: tax.name,
      jurisdiction: tax.jurisdiction,
      ppm: tax.ppm,
      scheme: tax.scheme,
      taxable_minor: tax.taxableMinor,
      tax_minor: tax.taxMinor,
      base_tax_minor: tax.baseTaxMinor,
    })),
  });
}

/** Writes the discounts of a revision; the one of a new order is 0. */
export async function writeDiscounts(
  store: StoreWriter,
  orderId: string,
  discounts: OrderSnapshot['discounts'],
  revision = 0,
): Promise<void> {
  if (discounts.length === 0) return;
  await insert(store, orderId, {
    table: 'order_discounts',
    columns:
      'discount_id text, title text, code text, class text, amount_minor bigint, revision int',
    rows: discounts.map(({ id, amountMinor, ...row }) => ({
      ...row,
      discount_id: id,
      amount_minor: amountMinor,
      revision,
    })),
  });
}

/** Inserts rows that stand in an order, numbered after those it has, by one statement. `columns` are names with their types. */
async function insert(
  store: StoreWriter,
  orderId: string,
  {
    table,
    columns,
    rows,
    after = 0,
  }: { table: string; columns: string; rows: object[]; after?: number },
): Promise<void> {
  const names = columns.split(',').map((column) => column.trim().split(' ')[0]);
  const numbered = rows.map((row, at) => ({ position: after + at + 1, ...row }));
  await store.execute(
    `INSERT INTO ${table} (store_id, order_id, position, ${names.join(', ')})
     SELECT $1, $2, r.* FROM jsonb_to_recordset($3) AS r (position int, ${columns})`,
    [store.storeId, orderId, JSON.stringify(numbered)],
  );
}
