import type { OrderChargeRow, OrderLineRow, OrderRow } from '../orders/order-rows.queries';
import type { Address } from '../orders/snapshot';
import type { RefundView } from '../refunds/refund-rows.queries';
import type { Seller } from './document-settings.queries';
import { type NamedRate, type TaxOnRow, shareOfTaxes, sumByRate } from './taxes-of-rows';

/** What is issued about an order. */
export type DocumentKind = 'invoice' | 'credit_note';

/** A row of a document; amounts in minor units of its currency. */
export interface DocumentRow {
  /** Empty for a sum that is of no line and no charge. */
  title: string;
  /** Variant and article number. */
  detail: string;
  /** Null for deliveries, fees and sums that are not of goods. */
  quantity: number | null;
  /** Of one unit, as it was shown to the buyer; null where there is no quantity. */
  unitMinor: number | null;
  /** What discounts took off; 0 on credit notes, whose amounts are after them. */
  discountMinor: number;
  netMinor: number;
  taxMinor: number;
  /** Rates in parts per million; none for what bears no tax. */
  ppm: number[];
}

/** A document as it was issued; frozen, so that it can be printed again in ten years. */
export interface DocumentContent {
  version: 1;
  kind: DocumentKind;
  test: boolean;
  locale: string;
  currency: string;
  /** Calendar days where the store is, `YYYY-MM-DD`. */
  issuedOn: string;
  orderedOn: string;
  /** When the goods left; the day of issue where they had not. */
  suppliedOn: string;
  orderName: string;
  seller: Seller;
  buyer: Address | null;
  /** The buyer's VAT number, where the register knew it. */
  buyerVatNumber: string | null;
  deliveredTo: Address | null;
  /** The invoice that a credit note corrects. */
  corrects: { name: string; issuedOn: string } | null;
  reason: string | null;
  rows: DocumentRow[];
  rates: NamedRate[];
  totals: { netMinor: number; taxMinor: number; grossMinor: number };
  taxIncluded: boolean;
  /** What was not paid yet; 0 on credit notes. */
  owedMinor: number;
  /** The tax in the seller's own currency, where that is another. */
  base: { currency: string; rate1e10: number; taxMinor: number } | null;
  /** Of the taxes: `domestic`, `oss`, `reverse_charge`, `export`, or an import scheme's own name. */
  scheme: string;
  /** The seller's number under that scheme. */
  registration: string | null;
  /** `reverse_charge`, `import_charges_on_delivery`, `delivered_duty_paid`. */
  notices: string[];
}

/** What a document is made of. */
export interface DocumentGround {
  order: OrderRow;
  lines: readonly OrderLineRow[];
  charges: readonly OrderChargeRow[];
  taxes: readonly TaxOnRow[];
  seller: Seller;
  issuedOn: string;
  orderedOn: string;
  suppliedOn: string;
  owedMinor: number;
}

/** An invoice of everything that the order agrees on. Pure. */
export function invoiceContent(ground: DocumentGround): DocumentContent {
  const { order, lines, charges, taxes } = ground;
  const rows: DocumentRow[] = [
    ...lines.map((line) => ({
      ...named(line),
      quantity: line.quantity,
      unitMinor: line.unitMinor,
      discountMinor: line.productDiscountMinor + line.orderDiscountMinor,
      ...split(order, line.totalMinor, line.taxMinor),
      ppm: ratesOf(taxes, line.id),
    })),
    ...charges.map((charge) => ({
      ...ofCharge(charge.title),
      discountMinor: charge.discountMinor,
      ...split(order, charge.totalMinor, charge.taxMinor),
      ppm: ratesOf(taxes, charge.id),
    })),
  ];
  return { ...common(ground, 'invoice', taxes), rows, ...sums(rows, taxes) };
}

/** A credit note of one refund, which corrects the invoice. Pure. */
export function creditContent(
  ground: DocumentGround,
  refund: RefundView,
  corrects: NonNullable<DocumentContent['corrects']>,
): DocumentContent {
  const { order, lines, charges, taxes } = ground;
  const shares: TaxOnRow[] = [];
  const amountsOf = (id: string, amountMinor: number, taxMinor: number) => {
    const part = split(order, amountMinor, taxMinor);
    shares.push(...shareOfTaxes(taxes, id, part));
    return { discountMinor: 0, ...part, ppm: ratesOf(taxes, id) };
  };
  const rows: DocumentRow[] = [
    ...refund.lines.flatMap(({ lineId, quantity, amountMinor, taxMinor }) => {
      const line = lines.find(({ id }) => id === lineId);
      if (!line) return [];
      const amounts = amountsOf(lineId, amountMinor, taxMinor);
      return [{ ...named(line), quantity, unitMinor: null, ...amounts }];
    }),
    ...refund.charges.map(({ chargeId, amountMinor, taxMinor }) => ({
      ...ofCharge(charges.find(({ id }) => id === chargeId)?.title ?? ''),
      ...amountsOf(chargeId, amountMinor, taxMinor),
    })),
  ];
  const rest = restOf(refund, rows);
  if (rest !== 0) rows.push({ ...ofCharge(''), ...untaxed, netMinor: rest });
  return {
    ...common(ground, 'credit_note', shares),
    corrects,
    reason: refund.reason,
    owedMinor: 0,
    rows,
    ...sums(rows, shares),
  };
}

const untaxed = { discountMinor: 0, taxMinor: 0, ppm: [] };

/** What a refund gives back beyond lines and charges, which bears no tax of its own; below zero for what was kept. */
function restOf({ amountMinor }: RefundView, rows: readonly DocumentRow[]): number {
  return rows.reduce((left, row) => left - row.netMinor - row.taxMinor, amountMinor);
}

function common(
  { order, owedMinor, seller, issuedOn, orderedOn, suppliedOn }: DocumentGround,
  kind: DocumentKind,
  taxes: readonly TaxOnRow[],
) {
  const { base } = order;
  const { scheme = 'domestic', registration = null, notices = [] } = termsOf(order);
  return {
    version: 1 as const,
    kind,
    test: order.test,
    locale: order.locale,
    currency: order.currency,
    issuedOn,
    orderedOn,
    suppliedOn,
    orderName: order.name,
    seller,
    buyer: order.billingAddress ?? order.shippingAddress,
    buyerVatNumber: vatNumberOf(order),
    deliveredTo: order.shippingAddress,
    corrects: null,
    reason: null,
    owedMinor,
    taxIncluded: order.taxIncluded,
    base: base.rate1e10 === null ? null : { ...rateOf(order), taxMinor: baseTaxOf(taxes) },
    scheme,
    registration,
    notices,
  };
}

/** Only the two fields: whatever else an order keeps of its rate is not the document's. */
function rateOf({ base }: OrderRow) {
  return { currency: base.currency, rate1e10: base.rate1e10 ?? 0 };
}

function baseTaxOf(taxes: readonly TaxOnRow[]): number {
  return taxes.reduce((all, row) => all + row.baseTaxMinor, 0);
}

/** The tax terms as whoever sold wrote them down. */
function termsOf({ reasons }: OrderRow) {
  return (reasons['tax'] ?? {}) as Partial<
    Pick<DocumentContent, 'scheme' | 'registration' | 'notices'>
  >;
}

/** A number that the register did not know changed nothing for the sale and is not printed. */
function vatNumberOf({ reasons }: OrderRow): string | null {
  const told = reasons['vatNumber'] as { check?: string; number?: string } | null | undefined;
  return told?.check === 'valid' ? (told.number ?? null) : null;
}

function named({ title, variantTitle, sku }: OrderLineRow) {
  return { title, detail: [variantTitle, sku].filter((part) => part !== null).join(' · ') };
}

function ofCharge(title: string) {
  return { title, detail: '', quantity: null, unitMinor: null };
}

/** Net and tax of an amount as the order writes it. */
function split({ taxIncluded }: OrderRow, amountMinor: number, taxMinor: number) {
  return { netMinor: taxIncluded ? amountMinor - taxMinor : amountMinor, taxMinor };
}

function ratesOf(taxes: readonly TaxOnRow[], id: string): number[] {
  return [...new Set(taxes.filter(({ taxedId }) => taxedId === id).map(({ ppm }) => ppm))];
}

/** What the rows come to, in all and by rate; what bears no tax stands under a rate of 0 without a name. */
function sums(rows: readonly DocumentRow[], taxes: readonly TaxOnRow[]) {
  const free = rows.filter(({ ppm }) => ppm.length === 0);
  const netMinor = rows.reduce((all, row) => all + row.netMinor, 0);
  const taxMinor = rows.reduce((all, row) => all + row.taxMinor, 0);
  const freeMinor = free.reduce((all, row) => all + row.netMinor, 0);
  return {
    rates: sumByRate(taxes, free.length > 0 ? freeMinor : null),
    totals: { netMinor, taxMinor, grossMinor: netMinor + taxMinor },
  };
}
