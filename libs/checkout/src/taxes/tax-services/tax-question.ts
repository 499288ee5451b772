import { type Asked, hashOfQuestion } from '../../asking/asked';
import { taxKind } from '../../asking/service-kind';
import type { TaxAddress, TaxedLine } from '../providers/tax-provider';
import { judgeTaxes, type ToldTaxes } from './tax-answer';

/** A service as a price is computed with it. */
export interface TaxServiceFacts {
  serviceId: string;
  name: string;
  countries: string[];
  /** It failed several times in a row and is left alone for a while. */
  resting: boolean;
}

/** What a service is asked: all that decides a rate, and nothing of who the shopper is. */
export interface TaxServiceQuestion {
  currency: string;
  /** Whether the amounts contain the tax. */
  taxIncluded: boolean;
  /** Where goods are sent from. */
  origin: { country: string };
  /** Without name, street, e-mail address and telephone number. */
  destination: TaxAddress;
  /** Numbered from 1 on. */
  lines: Omit<TaxedLine, 'category'>[];
}

/** A question to one service: the same lines, place and currency are one. */
export type AskedTaxes = Asked<TaxServiceQuestion, ToldTaxes> & {
  /** Our lines by the number that each has in the question. */
  lineIds: readonly string[];
};

/**
 * What a service is to be asked. Lines are numbered in an order of their own, so that equal carts are one question,
 * whatever their lines are called and in which order they lie.
 */
export function taxQuestion(
  { serviceId }: Pick<TaxServiceFacts, 'serviceId'>,
  lines: readonly TaxedLine[],
  facts: Omit<TaxServiceQuestion, 'lines'>,
): AskedTaxes {
  const told = lines
    .map(({ id, variantId, sku, taxCode, quantity, amountMinor }) => {
      const said = { variantId, sku, taxCode, quantity, amountMinor };
      return { id, said, key: JSON.stringify(said) };
    })
    .toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
  const { currency, taxIncluded, origin, destination } = facts;
  const { country, province, zip, city } = destination;
  const question = {
    currency,
    taxIncluded,
    origin,
    destination: { country, province, zip, city },
    lines: told.map(({ said }, at) => ({ id: String(at + 1), ...said })),
  };
  return {
    kind: taxKind,
    serviceId,
    hash: hashOfQuestion(question),
    question,
    judge: (body) =>
      judgeTaxes(
        body,
        question.lines.map(({ id }) => id),
      ),
    lineIds: told.map(({ id }) => id),
  };
}

/** The service that is asked for goods that go to a country: of two the older one. */
export function serviceFor(
  services: readonly TaxServiceFacts[],
  country: string,
): TaxServiceFacts | null {
  return services.find(({ countries }) => countries.includes(country)) ?? null;
}
