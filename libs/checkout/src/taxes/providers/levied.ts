import type { StoreReader } from '@platform/database';
import { quote, type QuoteInput } from '../../quote';
import type { Treatment } from '../../quote/tax/terms';
import { serviceFor, type TaxServiceFacts } from '../tax-services/tax-question';
import { withoutTaxes } from '../without-taxes';
import type { FrozenTaxes } from './frozen-taxes';
import { ServiceTaxes } from './service-taxes';
import { TableTaxes } from './table-taxes';
import type { Jurisdictions, TaxAddress, TaxedLine } from './tax-provider';

/** What a line is, as far as its tax goes. */
export type Article = Pick<TaxedLine, 'variantId' | 'sku' | 'taxCode'>;

/** What decides who is asked for the taxes of a sale. */
export interface LevyFacts {
  services: readonly TaxServiceFacts[];
  /** Of the store. */
  origin: string;
  /** Where the goods are handed over; null while nobody has said so. */
  address: TaxAddress | null;
  /** By line. */
  articles: ReadonlyMap<string, Article>;
  /** What the checkout was told before. */
  frozen: FrozenTaxes | null;
}

/** Nothing of it is taxed, whoever is asked. */
const exempt = 'exempt';

/**
 * The input of a quote with the taxes that the provider of its place says: a service of the merchant's, or the tables.
 * A service is asked only where the store collects the destination's tax, and of what bears any.
 * @returns `taxes` is for the checkout to keep
 * @throws Unasked
 */
export async function levied(
  store: StoreReader,
  input: QuoteInput,
  facts: LevyFacts,
): Promise<{ input: QuoteInput; taxes: FrozenTaxes | null }> {
  const { regime, included: taxIncluded } = input.tax;
  const { address, services, origin, frozen } = facts;
  const lines = input.lines.filter(
    (line) => line.taxable && line.quantity > 0 && !line.rates && line.taxCategory !== exempt,
  );
  if (!regime.taxed || address === null || lines.length === 0) return { input, taxes: null };
  const table = new TableTaxes(regime.rates);
  // Within the Union the rates may be those of where the goods come from.
  const service = regime.scheme === 'origin' ? null : serviceFor(services, address.country);
  if (!service) {
    const told = await table.quote(taxedLines(lines, facts, () => 0));
    return { input: withRates(input, told), taxes: null };
  }
  const { currency, now } = input;
  const provider = new ServiceTaxes(store, {
    service,
    currency,
    taxIncluded,
    origin,
    frozen,
    now,
    fallback: table,
  });
  const totals = new Map(
    quote({ ...input, tax: withoutTaxes }).lines.map(({ id, totalMinor }) => [id, totalMinor]),
  );
  const told = await provider.quote(
    taxedLines(lines, facts, (id) => totals.get(id) ?? 0),
    address,
  );
  const taxes = provider.kept;
  // The standard rate of the table is not that of a service.
  const beside = taxes?.answer && typeof input.tax.shipping !== 'string' ? 'split' : null;
  return { input: withRates(input, { ...told, shipping: told.shipping ?? beside }), taxes };
}

function taxedLines(
  lines: QuoteInput['lines'],
  { articles }: LevyFacts,
  amountOf: (id: string) => number,
): TaxedLine[] {
  return lines.map(({ id, taxCategory: category, quantity }) => ({
    id,
    ...(articles.get(id) ?? { variantId: null, sku: null, taxCode: null }),
    category,
    quantity,
    amountMinor: amountOf(id),
  }));
}

/** Puts the rates on the lines; what was said of delivery counts more than what the store has decided. */
function withRates(
  input: QuoteInput,
  { lines, shipping }: Pick<Jurisdictions, 'lines'> & { shipping: Treatment | null },
): QuoteInput {
  return {
    ...input,
    lines: input.lines.map((line) => {
      const rates = lines.get(line.id);
      return rates ? { ...line, rates } : line;
    }),
    tax: { ...input.tax, shipping: shipping ?? input.tax.shipping },
  };
}
