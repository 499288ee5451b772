import { currencyQuantum } from '@libs/kernel';
import { categoryOf } from '../assemble/build-input';
import type { SellingFacts } from '../assemble/selling-facts.queries';
import type { Discount, QuoteInput, QuoteLine, TaxTerms } from '../quote';
import { localTime } from '../shipping/promise';
import { taxTerms } from '../taxes/tax-terms';
import type { AgreedTaxes } from '../taxes/providers/frozen-taxes';
import { serviceFor } from '../taxes/tax-services/tax-question';
import type { CheckedVatNumber } from '../taxes/vat-numbers/vat-register';
import type { Sale, SaleDiscount, SaleLine } from './sale';

/** What decides the amounts of a sale beside itself. */
export interface SaleFacts {
  selling: SellingFacts;
  /** Null while nobody has said where to: the store's own country counts. */
  destination: { country: string; province: string | null } | null;
  /** What one unit of the store's own currency is in the sale's; null where they are the same. */
  exchange: QuoteInput['exchange'];
  storedValue: QuoteInput['storedValue'];
  /** The VAT number of a company that buys, as it was checked. */
  buyer: Pick<CheckedVatNumber, 'country' | 'check'> | null;
  /** What an order that is edited agreed on, which its new lines share. */
  agreed?: {
    included: boolean;
    scheme: string | null;
    untaxed: boolean;
    /** What a tax service said when the order was placed; null where none answered. */
    taxes: Pick<AgreedTaxes, 'categories' | 'shipping'> | null;
  };
}

const together = { product: true, order: true, shipping: true } as const;

/** The input of a sale's quote. Pure; the store's own discounts do not count. @throws quote.bad-input */
export function saleInput(sale: Sale, facts: SaleFacts): QuoteInput {
  const { selling, destination } = facts;
  const quantum = currencyQuantum(sale.currency);
  const tax = termsOf(sale, facts);
  const country = destination?.country ?? selling.country;
  return {
    currency: sale.currency,
    lines: sale.lines.map((line) => quoteLine(line, { quantum, rates: ratesOf(line, facts) })),
    discounts: discountsOf(sale),
    shopper: { market: '', groups: [] },
    now: selling.now,
    deliveries: deliveriesOf(sale, country),
    thresholds: selling.shipping.thresholds,
    fees: sale.fees.map((fee) => ({ ...fee, tax: 'split' as const })),
    tax,
    storedValue: facts.storedValue,
    exchange: facts.exchange,
  };
}

function termsOf(sale: Sale, { selling, destination, agreed, buyer }: SaleFacts): TaxTerms {
  const country = destination?.country ?? selling.country;
  const terms = taxTerms({
    settings: selling.tax,
    registrations: selling.registrations,
    ownRates: selling.ownRates,
    origin: { country: selling.country, region: null },
    destination: {
      country,
      region: destination?.province ?? null,
    },
    categories: sale.lines.map(({ taxCode }) => categoryOf(taxCode)),
    currency: sale.currency,
    on: localTime(selling.now, selling.timeZone).day,
    buyer,
    served: agreed?.taxes != null || serviceFor(selling.taxServices, country) !== null,
  });
  if (!agreed) return terms;
  const { regime } = terms;
  // Whether a consignment is above an import scheme's limit was judged when the order was placed.
  const kept = { ...regime, scheme: agreed.scheme ?? regime.scheme, importLimit: null };
  const shipping = agreed.taxes?.shipping ?? terms.shipping;
  return { ...terms, included: agreed.included, regime: kept, shipping };
}

/** The line's own, or what the order agreed on for its like; those of the tables when there are none. */
function ratesOf(line: SaleLine, { agreed }: SaleFacts): SaleLine['rates'] {
  if (line.rates) return line.rates;
  if (agreed?.untaxed === true) return [];
  const known = agreed?.taxes?.categories;
  const category = categoryOf(line.taxCode);
  return category === 'exempt' ? undefined : (known?.[category] ?? known?.['standard']);
}

function quoteLine(
  line: SaleLine,
  { quantum, rates }: { quantum: number; rates: SaleLine['rates'] },
): QuoteLine {
  const { id, quantity, unitMinor, giftCard, taxable } = line;
  return {
    id,
    variantId: line.variantId ?? id,
    productId: line.productId ?? id,
    collectionIds: [],
    tags: [],
    quantity,
    unitMinor: Math.round(unitMinor / quantum) * quantum,
    discountable: !giftCard,
    taxable: taxable && !giftCard,
    taxCategory: categoryOf(line.taxCode),
    tariffHeading: null,
    excise: false,
    priceAgreed: line.priceAgreed,
    given: line.given,
    ...(rates ? { rates } : {}),
  };
}

/** All that is sent travels together; a delivery of nothing that is sent is charged all the same. */
function deliveriesOf({ lines, shipping }: Sale, country: string): QuoteInput['deliveries'] {
  if (shipping === null) return [];
  const sent = lines.filter(({ requiresShipping }) => requiresShipping);
  const { id, title, priceMinor } = shipping;
  const lineIds = (sent.length > 0 ? sent : lines).map((line) => line.id);
  return [{ id, title, lineIds, country, prices: [{ fromMinor: 0, priceMinor }] }];
}

function benefitOf(off: SaleDiscount['off']) {
  return 'ppm' in off ? off : { ...off, each: false };
}

function discountsOf({ discount, shipping }: Sale): Discount[] {
  const shared = {
    createdAt: 0,
    startsAt: null,
    endsAt: null,
    combinesWith: together,
    minimum: null,
    groups: null,
    markets: null,
    usesLeft: null,
  };
  const whole: Discount[] =
    discount === null
      ? []
      : [
          {
            ...shared,
            id: 'order',
            title: discount.title,
            code: null,
            class: 'order',
            rule: { kind: 'plain', benefit: benefitOf(discount.off) },
          },
        ];
  const less = shipping?.off;
  if (!less) return whole;
  const { id, title, code, amountMinor } = less;
  const rule = { benefit: { amountMinor, each: false }, countries: null, dearestMinor: null };
  const onShipping: Discount = {
    ...shared,
    id,
    title,
    code: code === null ? null : { text: code, place: 0 },
    class: 'shipping',
    rule,
  };
  return [...whole, onShipping];
}
