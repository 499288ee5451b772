import { findSellable, type SellableVariant } from '@libs/catalog';
import { currencyQuantum, newId } from '@libs/kernel';
import type { StoreReader } from '@platform/database';
import { assembleErrors } from '../assemble/assemble.errors';
import type { GivenDiscount } from '../quote';
import type { SaleLine } from './sale';
import { salesErrors } from './sales.errors';

/** What staff take off a line: a percentage of it, or an amount of it as a whole. */
export type LineDiscount = { title?: string } & ({ percent: number } | { amountMinor: number });

/** Something that staff put into a sale. */
export type NewLine = {
  quantity: number;
  discount?: LineDiscount | null;
  properties?: readonly (readonly [string, string])[];
} & (
  | { variantId: string; unitMinor?: number }
  | {
      title: string;
      unitMinor: number;
      sku?: string | null;
      taxable?: boolean;
      requiresShipping?: boolean;
    }
);

/**
 * Lines of what staff name: variants that are for sale, at their price or another one, and things that are in no
 * catalogue.
 * @param field the path of the list, for what is refused
 * @throws assemble.line-gone, sales.price-needed, sales.off-quantum
 */
export async function newLines(
  store: StoreReader,
  wanted: readonly NewLine[],
  { currency, field }: { currency: string; field: string },
): Promise<SaleLine[]> {
  const ids = wanted.flatMap((line) => ('variantId' in line ? [line.variantId] : []));
  const offers = ids.length === 0 ? [] : await findSellable(store, ids);
  const byId = new Map(offers.map((offer) => [offer.variantId, offer]));
  return wanted.map((line, at) => {
    const made = 'variantId' in line ? ofVariant(line, byId, { currency, at, field }) : own(line);
    refuseOdd(made.unitMinor, currency, `${field}.${at}.unitMinor`);
    return made;
  });
}

/** The discount that staff gave on a line, as a quote counts it. */
export function givenBy(
  lineId: string,
  quantity: number,
  discount: LineDiscount | null | undefined,
): GivenDiscount[] {
  if (!discount) return [];
  const off =
    'percent' in discount
      ? { ppm: Math.round(discount.percent * 10_000) }
      : { amountMinor: discount.amountMinor, ofUnits: Math.max(1, quantity) };
  const title = discount.title ?? 'Discount';
  return [{ id: `line:${lineId}`, title, code: null, class: 'product', off }];
}

/** Refuses a price that cannot be paid. @throws sales.off-quantum */
export function refuseOdd(minor: number, currency: string, field: string): void {
  const quantum = currencyQuantum(currency);
  if (minor % quantum !== 0)
    throw salesErrors.error('off-quantum', { currency, quantum }, { field });
}

function ofVariant(
  line: Extract<NewLine, { variantId: string }>,
  offers: ReadonlyMap<string, SellableVariant>,
  { currency, at, field }: { currency: string; at: number; field: string },
): SaleLine {
  const { variantId, quantity, unitMinor } = line;
  const offer = offers.get(variantId);
  const path = `${field}.${at}`;
  if (!offer) {
    const params = { title: variantId };
    throw assembleErrors.error('line-gone', params, { field: `${path}.variantId` });
  }
  if (unitMinor === undefined && offer.currency !== currency)
    throw salesErrors.error('price-needed', {}, { field: `${path}.unitMinor` });
  const quantum = currencyQuantum(currency);
  const id = newId();
  return {
    id,
    variantId,
    productId: offer.productId,
    title: offer.productTitle,
    variantTitle: offer.options.length === 0 ? null : offer.title,
    sku: offer.sku,
    mediaId: offer.mediaId,
    properties: propertiesOf(line),
    quantity,
    unitMinor: unitMinor ?? Math.round(offer.priceMinor / quantum) * quantum,
    priceAgreed: unitMinor !== undefined,
    taxable: offer.taxable,
    taxCode: offer.taxCode,
    requiresShipping: offer.requiresShipping,
    giftCard: offer.giftCard,
    grams: offer.grams,
    given: givenBy(id, quantity, line.discount),
  };
}

function own(line: Extract<NewLine, { title: string }>): SaleLine {
  const id = newId();
  return {
    id,
    variantId: null,
    productId: null,
    title: line.title,
    variantTitle: null,
    sku: line.sku ?? null,
    mediaId: null,
    properties: propertiesOf(line),
    quantity: line.quantity,
    unitMinor: line.unitMinor,
    priceAgreed: true,
    taxable: line.taxable ?? true,
    taxCode: null,
    requiresShipping: line.requiresShipping ?? true,
    giftCard: false,
    grams: 0,
    given: givenBy(id, line.quantity, line.discount),
  };
}

function propertiesOf({ properties = [] }: Pick<NewLine, 'properties'>) {
  return properties.map(([name, value]): [string, string] => [name, value]);
}
