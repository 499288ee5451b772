import { type Explanation, explain } from '../explain/explain';
import type { Quote } from '../quote';
import type { Checkout } from './checkout';

/** Why a checkout costs what it costs, with the names that its shopper saw; the order keeps it. */
export function explainCheckout({
  lines,
  deliveryOptions,
  quote,
}: Pick<Checkout, 'lines' | 'deliveryOptions'> & { quote: Quote }): Explanation {
  const names = new Map([
    ...lines.map(({ id, title, variantTitle }): [string, string] => [
      id,
      variantTitle === null ? title : `${title} - ${variantTitle}`,
    ]),
    ...deliveryOptions.map(({ rateId, title }): [string, string] => [rateId, title]),
  ]);
  return explain(quote, names);
}
