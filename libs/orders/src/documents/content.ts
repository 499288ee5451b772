import type { OrderChargeRow, OrderLineRow, OrderRow } from '../orders/order-rows.queries';
import type { Address } from '../orders/snapshot';
import type { RefundView } from '../refunds/refund-rows.queries';
import type { Seller } from './document-settings.queries';
import {
  type NamedRate,
  type TaxOfRow,
  type TaxOnRow,
  ratesOf,
  shareOfTaxes,
  sumByRate,
  taxesOfRow,
} from './taxes-of-rows';

/** What is issued about an order. */
export type DocumentKind = 'invoice' | 'credit_note';

/** A row of a document; amounts in minor units of its currency. */
export interface DocumentRow {
  /** The order's line or charge; null for a sum that is of neither. Left out by version 1. */
  id?: string | null;
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
  /** What each authority takes of it. Left out by version 1. */
  taxes?: TaxOfRow[];
}

/** An invoice as another document names it. */
export interface InvoiceReference {
  name: string;
  issuedOn: string;
}

/** A document as it was issued; frozen, so that it can be printed again in ten years. */
export interface DocumentContent {
  version: 1 | 2;
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
  /** The invoice that a credit note corrects, or that a further invoice adds to. */
  corrects: InvoiceReference | null;
  /** Further invoices of which a credit note takes something back. */
  alsoCorrects?: InvoiceReference[];
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
  return contentOf(ground, 'invoice', rowsOf(ground));
}

/** What is invoiced of an order as it is now. Pure. */
export function rowsOf({ order, lines, charges, taxes }: DocumentGround): DocumentRow[] {
  const amountsOf = ({ id, totalMinor, taxMinor }: OrderLineRow | OrderChargeRow) => {
    const amounts = { id, ...split(order, totalMinor, taxMinor) };
    return { ...amounts, ...borne(taxesOfRow(taxes, amounts)) };
  };
  return [
    ...lines.map((line) => ({
      ...named(line),
      quantity: line.quantity,
      unitMinor: line.unitMinor,
      discountMinor: line.productDiscountMinor + line.orderDiscountMinor,
      ...amountsOf(line),
    })),
    ...charges.map((charge) => ({
      ...ofCharge(charge.title),
      discountMinor: charge.discountMinor,
      ...amountsOf(charge),
    })),
  ];
}

/** A credit note of one refund, which corrects the invoices that its rows stand on. Pure. */
export function creditContent(
  ground: DocumentGround,
  refund: RefundView,
  invoices: readonly Correctable[],
): DocumentContent {
  const sold = new Map(rowsOf(ground).map((row) => [row.id, row]));
  const partOf = (id: string, amountMinor: number, taxMinor: number): DocumentRow[] => {
    const row = sold.get(id);
    if (!row) return [];
    const part = split(ground.order, amountMinor, taxMinor);
    const taxes = shareOfTaxes(row.taxes ?? [], part);
    return [{ ...row, ...part, ...borne(taxes), unitMinor: null, discountMinor: 0 }];
  };
  const rows = [
    ...refund.lines.flatMap(({ lineId, quantity, amountMinor, taxMinor }) =>
      partOf(lineId, amountMinor, taxMinor).map((row) => ({ ...row, quantity })),
    ),
    ...refund.charges.flatMap(({ chargeId, amountMinor, taxMinor }) =>
      partOf(chargeId, amountMinor, taxMinor),
    ),
  ];
  const rest = restOf(refund, rows);
  if (rest !== 0) rows.push(untaxedRow(rest));
  return { ...creditNote(ground, rows, invoices), reason: refund.reason };
}

/** An invoice that was issued of the order. */
export interface Correctable extends InvoiceReference {
  rows: readonly DocumentRow[];
}

/** A credit note of these rows, which corrects the invoices that they stand on. Pure. */
export function creditNote(
  ground: DocumentGround,
  rows: readonly DocumentRow[],
  invoices: readonly Correctable[],
): DocumentContent {
  const ids = new Set(rows.flatMap(({ id }) => id ?? []));
  const concerned = invoices.filter((invoice) =>
    invoice.rows.some(({ id }) => typeof id === 'string' && ids.has(id)),
  );
  const [corrects = null, ...also] = (concerned.length > 0 ? concerned : invoices).map(reference);
  const content = { ...contentOf(ground, 'credit_note', rows), corrects, owedMinor: 0 };
  return concerned.length > 1 ? { ...content, alsoCorrects: also } : content;
}

/** A further invoice of what was added since the first one. Pure. */
export function furtherInvoice(
  ground: DocumentGround,
  rows: readonly DocumentRow[],
  first: InvoiceReference,
): DocumentContent {
  return { ...contentOf(ground, 'invoice', rows), corrects: reference(first) };
}

function reference({ name, issuedOn }: InvoiceReference): InvoiceReference {
  return { name, issuedOn };
}

/** A sum of no line and no charge. */
function untaxedRow(netMinor: number): DocumentRow {
  const taxes = taxesOfRow([], { id: '', netMinor });
  const amounts = { discountMinor: 0, netMinor, taxMinor: 0 };
  return { id: null, ...ofCharge(''), ...amounts, ...borne(taxes) };
}

/** What a refund gives back beyond lines and charges, which bears no tax of its own; below zero for what was kept. */
function restOf({ amountMinor }: RefundView, rows: readonly DocumentRow[]): number {
  return rows.reduce((left, row) => left - row.netMinor - row.taxMinor, amountMinor);
}

function contentOf(
  { order, owedMinor, seller, issuedOn, orderedOn, suppliedOn }: DocumentGround,
  kind: DocumentKind,
  rows: readonly DocumentRow[],
): DocumentContent {
  const { base } = order;
  const taxes = rows.flatMap((row) => row.taxes ?? []);
  const { scheme = 'domestic', registration = null, notices = [] } = termsOf(order);
  return {
    version: 2,
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
    rows: [...rows],
    ...sums(rows, taxes),
  };
}

/** Only the two fields: whatever else an order keeps of its rate is not the document's. */
function rateOf({ base }: OrderRow) {
  return { currency: base.currency, rate1e10: base.rate1e10 ?? 0 };
}

function baseTaxOf(taxes: readonly TaxOfRow[]): number {
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

/** The taxes of a row, and their rates. */
function borne(taxes: TaxOfRow[]): Required<Pick<DocumentRow, 'ppm' | 'taxes'>> {
  return { ppm: ratesOf(taxes), taxes };
}

/** What the rows come to, in all and by rate. */
function sums(rows: readonly DocumentRow[], taxes: readonly TaxOfRow[]) {
  const netMinor = rows.reduce((all, row) => all + row.netMinor, 0);
  const taxMinor = rows.reduce((all, row) => all + row.taxMinor, 0);
  return {
    rates: sumByRate(taxes),
    totals: { netMinor, taxMinor, grossMinor: netMinor + taxMinor },
  };
}
