import { findSellable, type SellableVariant, type Stock } from '@libs/catalog';
import type { StoreReader, StoreWriter } from '@platform/database';
import type { OrderLineRow, OrderRow } from '../orders/order-rows.queries';
import { ordersErrors } from '../orders.errors';
import { readDelivery } from '../stock/delivery-of.queries';

/** What is sent instead of units that come back. */
export interface Replacement {
  variantId: string;
  /** Product and variant, as they were called when it was agreed on. */
  title: string;
  /** `paid`: what was paid for the units that come back. `listed`: the catalogue's price. `agreed`: what staff say. */
  price: 'paid' | 'listed' | 'agreed';
  /** What one costs, in minor units of the order's currency; null where it is what was paid. */
  unitMinor: number | null;
  /** Its line of the order, once it is exchanged. */
  lineId: string | null;
}

/** A variant that somebody wants instead. */
export interface ReplacementWish {
  variantId: string;
  unitMinor?: number;
}

/** Units that come back, with what is wanted instead of them. */
export interface ReplacedUnits {
  line: OrderLineRow;
  quantity: number;
  replacement?: ReplacementWish;
}

/** Days for which replacements are held, from the approval and again from the arrival of what comes back (commerce.md, 8.1). */
const heldDays = 14;

/**
 * Agrees on what is sent instead, and what it costs: where both cost the same today, what was paid, whatever was taken
 * off it. Customers choose among the variants of the product, of which there is enough where the order's place is served
 * from.
 * @returns one for each of the units; null for those that nothing replaces
 * @throws orders.no-replacement, orders.replacement-price, orders.out-of-stock
 */
export async function agreeReplacements(
  store: StoreReader,
  { orderId, currency }: Pick<OrderRow, 'orderId' | 'currency'>,
  wanted: readonly ReplacedUnits[],
  isStaff: boolean,
): Promise<(Replacement | null)[]> {
  const ids = wanted.flatMap(({ line, replacement }) =>
    replacement ? [replacement.variantId, line.variantId ?? replacement.variantId] : [],
  );
  if (ids.length === 0) return wanted.map(() => null);
  const delivery = await readDelivery(store, orderId);
  const found = await findSellable(store, [...new Set(ids)], null, delivery);
  const offers = new Map(found.map((offer) => [offer.variantId, offer]));
  return wanted.map((units, at) =>
    units.replacement
      ? agreeOne({ ...units, replacement: units.replacement }, offers, { currency, isStaff, at })
      : null,
  );
}

function agreeOne(
  { line, quantity, replacement: wish }: Required<ReplacedUnits>,
  offers: ReadonlyMap<string, SellableVariant>,
  { currency, isStaff, at }: { currency: string; isStaff: boolean; at: number },
): Replacement {
  const offer = offers.get(wish.variantId);
  const field = `lines.${at}.replacement`;
  if (!offer || offer.giftCard || (!isStaff && offer.productId !== line.productId))
    throw ordersErrors.error('no-replacement', { title: line.title }, { field });
  const available = offer.quantity ?? quantity;
  if (!isStaff && available < quantity) {
    const params = { title: nameOf(offer), quantity, available };
    throw ordersErrors.error('out-of-stock', params, { field });
  }
  if (isStaff && wish.unitMinor !== undefined)
    return agreedOn(offer, { price: 'agreed', unitMinor: wish.unitMinor });
  const agreed = priceReplacement(line, offer, { offers, currency });
  if (!agreed)
    throw ordersErrors.error('replacement-price', { title: line.title, currency }, { field });
  return agreed;
}

/**
 * What a variant costs instead of a line's: what was paid where both cost the same today, else the catalogue's price.
 * @param known the variants that are for sale, and the order's currency
 * @returns null where the catalogue has no price in that currency
 */
export function priceReplacement(
  line: Pick<OrderLineRow, 'variantId'>,
  offer: SellableVariant,
  { offers, currency }: { offers: ReadonlyMap<string, SellableVariant>; currency: string },
): Replacement | null {
  if (isEven(line, offer, offers)) return agreedOn(offer, { price: 'paid', unitMinor: null });
  if (offer.currency !== currency) return null;
  return agreedOn(offer, { price: 'listed', unitMinor: offer.priceMinor });
}

function agreedOn(
  offer: SellableVariant,
  price: Pick<Replacement, 'price' | 'unitMinor'>,
): Replacement {
  return { variantId: offer.variantId, title: nameOf(offer), lineId: null, ...price };
}

/** Whether a variant costs what the one of the line costs today. */
export function isEven(
  { variantId }: Pick<OrderLineRow, 'variantId'>,
  offer: SellableVariant,
  offers: ReadonlyMap<string, SellableVariant>,
): boolean {
  return offer.priceMinor === offers.get(variantId ?? '')?.priceMinor;
}

function nameOf({ productTitle, options, title }: SellableVariant): string {
  return options.length === 0 ? productTitle : `${productTitle}, ${title}`;
}

/**
 * Holds replacements for the days that they are held; the last statements. Nothing to hold is no work.
 * @throws orders.out-of-stock
 */
export async function holdReplacements(
  { store, stock }: { store: StoreWriter; stock: Stock },
  { orderId, returnId }: { orderId: string; returnId: string },
  lines: readonly { quantity: number; replacement: Replacement | null }[],
): Promise<void> {
  const wants = lines.flatMap(({ quantity, replacement }) =>
    replacement ? [{ itemId: replacement.variantId, quantity }] : [],
  );
  if (wants.length === 0) return;
  const expiresAt = await saveHold(store, returnId);
  const delivery = await readDelivery(store, orderId);
  const held = await stock.reserve(store, { checkoutId: returnId, wants, expiresAt, ...delivery });
  if (held.reserved) return;
  const [short] = held.short;
  const { wanted: quantity = 0, available = 0, itemId = '' } = short ?? {};
  const at = lines.findIndex(({ replacement }) => replacement?.variantId === itemId);
  const title = lines[at]?.replacement?.title ?? '';
  const field = `lines.${at}.replacement`;
  throw ordersErrors.error('out-of-stock', { title, quantity, available }, { field });
}

/** Holds for longer what is held still. */
export async function extendHold(
  { store, stock }: { store: StoreWriter; stock: Stock },
  { id, heldUntil }: { id: string; heldUntil: Date | null },
): Promise<void> {
  if (heldUntil !== null) await stock.extend(store, id, await saveHold(store, id));
}

/** Lets go of what a return holds; the last statements. */
export async function letGo(
  { store, stock }: { store: StoreWriter; stock: Stock },
  { id, heldUntil }: { id: string; heldUntil: Date | null },
): Promise<void> {
  if (heldUntil === null) return;
  await forgetHold(store, id);
  await stock.release(store, id);
}

/** Notes that a return holds nothing. */
export async function forgetHold(store: StoreWriter, returnId: string): Promise<void> {
  await store.execute(
    'UPDATE returns SET held_until = NULL WHERE store_id = $1 AND return_id = $2',
    [store.storeId, returnId],
  );
}

async function saveHold(store: StoreWriter, returnId: string): Promise<string> {
  const [row] = await store.query<{ until: Date }>(
    `UPDATE returns SET held_until = now() + make_interval(days => ${heldDays})
     WHERE store_id = $1 AND return_id = $2 RETURNING held_until AS until`,
    [store.storeId, returnId],
  );
  if (!row) throw new Error(`There is no return ${returnId}.`);
  return row.until.toISOString();
}
