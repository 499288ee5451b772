import type { TaxRate } from '../../quote/tax/terms';
import type { ToldTaxes } from '../tax-services/tax-answer';

/** What a tax service said of a checkout, as the checkout keeps it. */
export interface FrozenTaxes {
  serviceId: string;
  /** As the merchant called it. */
  name: string;
  /** Of the question. */
  hash: string;
  /** Since when it counts, ISO 8601. */
  at: string;
  /** Null where it did not answer: the store's own rates count. */
  answer: ToldTaxes | null;
  /** The taxes of each category that was sold; none where it did not answer. */
  categories: Readonly<Record<string, readonly TaxRate[]>>;
}

/** What an order keeps of it, in `reasons.taxService`. */
export interface AgreedTaxes {
  id: string;
  name: string;
  answered: boolean;
  at: string;
  categories: FrozenTaxes['categories'];
  shipping: readonly TaxRate[] | null;
}

/** What the order of a checkout keeps; null where no service was asked. */
export function agreedTaxes(frozen: FrozenTaxes | null | undefined): AgreedTaxes | null {
  if (!frozen) return null;
  const { serviceId: id, name, at, answer, categories } = frozen;
  return {
    id,
    name,
    answered: answer !== null,
    at,
    categories,
    shipping: answer?.shipping ?? null,
  };
}
