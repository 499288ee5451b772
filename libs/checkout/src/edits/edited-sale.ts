import type { Orders } from '@libs/orders';
import type { GivenDiscount, TaxRate } from '../quote';
import { givenBy, type LineDiscount } from '../sales/new-lines';
import type { Sale, SaleLine, SaleShipping } from '../sales/sale';
import { editsErrors } from './edits.errors';

/** What an edit of an order starts from. */
export type EditGround = Awaited<ReturnType<Orders['editGround']>>;

/** What becomes of a line of the order; what is left out stays. */
export interface LineEdit {
  lineId: string;
  /** Units in all, those that were shipped among them; 0 takes the line out. */
  quantity?: number;
  unitMinor?: number;
  /** Instead of what was taken off before; null takes nothing off. */
  discount?: LineDiscount | null;
}

/** What delivery shall cost; null is nothing. */
export type ShippingEdit = { title?: string; priceMinor: number } | null;

/**
 * The order as it shall be: lines that stay keep the prices, discounts and taxes that were agreed on, a line that grows
 * or shrinks its part of them. Pure.
 * @throws edits.line-not-found, edits.line-twice
 */
export function editedSale(
  ground: EditGround,
  {
    lines,
    added,
    shipping,
  }: {
    lines: readonly LineEdit[];
    added: readonly SaleLine[];
    shipping: ShippingEdit | undefined;
  },
): Sale {
  const edits = byLine(ground, lines);
  const kept = ground.lines.map((line) => editLine(agreedLine(ground, line), edits.get(line.id)));
  const fees = ground.charges.filter(({ kind, priceMinor }) => kind === 'fee' && priceMinor > 0);
  return {
    currency: ground.order.currency,
    lines: [...kept.filter(({ quantity }) => quantity > 0), ...added],
    discount: null,
    shipping: editShipping(agreedShipping(ground), shipping),
    fees: fees.map(({ id, title, priceMinor }) => ({ id, title, amountMinor: priceMinor })),
  };
}

function byLine({ lines }: EditGround, edits: readonly LineEdit[]): Map<string, LineEdit> {
  const known = new Set(lines.map(({ id }) => id));
  const found = new Map<string, LineEdit>();
  for (const [at, edit] of edits.entries()) {
    const field = `lines.${at}.lineId`;
    if (!known.has(edit.lineId)) throw editsErrors.error('line-not-found', {}, { field });
    if (found.has(edit.lineId)) throw editsErrors.error('line-twice', {}, { field });
    found.set(edit.lineId, edit);
  }
  return found;
}

/** A line of the order as it was agreed on; a part of its units bears a part of its discounts. */
export function agreedLine(ground: EditGround, line: EditGround['lines'][number]): SaleLine {
  return {
    id: line.id,
    variantId: line.variantId,
    productId: line.productId,
    title: line.title,
    variantTitle: line.variantTitle,
    sku: line.sku,
    mediaId: null,
    properties: line.properties,
    quantity: line.quantity,
    unitMinor: line.unitMinor,
    priceAgreed: true,
    taxable: line.taxable,
    taxCode: null,
    rates: agreedRates(ground, line.id),
    requiresShipping: line.requiresShipping,
    giftCard: line.giftCard,
    grams: line.grams,
    given: agreedDiscounts(ground, line),
  };
}

function editLine(line: SaleLine, edit: LineEdit | undefined): SaleLine {
  if (!edit) return line;
  const { quantity = line.quantity, unitMinor = line.unitMinor, discount } = edit;
  const given = discount === undefined ? line.given : givenBy(line.id, quantity, discount);
  return { ...line, quantity, unitMinor, given };
}

/** Discounts of an order that was spread over its lines stay with the lines. */
function agreedDiscounts(
  { discounts }: EditGround,
  { discountAllocations, quantity }: EditGround['lines'][number],
): GivenDiscount[] {
  const byId = new Map(discounts.map((discount) => [discount.id, discount]));
  return discountAllocations.map(({ discountId, amountMinor }) => {
    const known = byId.get(discountId);
    return {
      id: discountId,
      title: known?.title ?? 'Discount',
      code: known?.code ?? null,
      class: known?.class === 'order' ? 'order' : 'product',
      off: { amountMinor, ofUnits: quantity },
    };
  });
}

/** A tax on an amount that contains the ones before it was levied on them, too. */
function agreedRates({ taxes }: EditGround, lineId: string): TaxRate[] {
  let before = 0;
  let bare = 0;
  return taxes
    .filter((tax) => tax.lineId === lineId)
    .map(({ name, jurisdiction, ppm, taxableMinor, taxMinor }, at) => {
      if (at === 0) bare = taxableMinor;
      const compound = at > 0 && before > 0 && taxableMinor === bare + before;
      before += taxMinor;
      return { name, jurisdiction, ppm, ...(compound ? { compound } : {}) };
    });
}

function agreedShipping({ charges, discounts }: EditGround): SaleShipping | null {
  const charge = charges.find(({ kind }) => kind === 'shipping');
  if (!charge) return null;
  const { id, title, priceMinor, discountMinor } = charge;
  const known = discounts.find((discount) => discount.class === 'shipping');
  const off = {
    id: known?.id ?? 'shipping',
    title: known?.title ?? 'Discount',
    code: known?.code ?? null,
    amountMinor: discountMinor,
  };
  return { id, title, priceMinor, off: discountMinor > 0 ? off : null };
}

function editShipping(
  agreed: SaleShipping | null,
  edit: ShippingEdit | undefined,
): SaleShipping | null {
  if (edit === undefined) return agreed;
  if (edit === null) return agreed && { ...agreed, priceMinor: 0, off: null };
  const title = edit.title ?? agreed?.title ?? 'Shipping';
  return { id: agreed?.id ?? 'shipping', title, priceMinor: edit.priceMinor, off: null };
}
