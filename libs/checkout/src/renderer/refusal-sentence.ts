import type { Refusal } from '../carts/judge';

type Sentences = {
  [R in Refusal['reason']]: (refusal: Extract<Refusal, { reason: R }>) => string;
};

const english: Sentences = {
  'variant-missing': () => 'Cannot find variant',
  'line-missing': () => 'This item is no longer in your cart.',
  short: ({ title, left, inCart }) => {
    if (inCart === 0 && left === 0) return `${title} is sold out.`;
    if (left === 0) return `All ${inCart} of ${title} that we have are in your cart.`;
    if (inCart === 0) return `Only ${left} of ${title} left.`;
    return `You can add only ${left} more of ${title} to your cart.`;
  },
  'too-many-lines': ({ limit }) => `A cart holds at most ${limit} different items.`,
  'too-many-units': ({ limit }) => `A cart holds at most ${limit} of one item.`,
  'too-many-attributes': ({ limit }) => `A cart holds at most ${limit} attributes.`,
};

const german: Sentences = {
  // Scripts compare with this one, whatever the language.
  'variant-missing': english['variant-missing'],
  'line-missing': () => 'Dieser Artikel ist nicht mehr im Warenkorb.',
  short: ({ title, left, inCart }) => {
    if (inCart === 0 && left === 0) return `${title} ist ausverkauft.`;
    if (left === 0) return `Von ${title} liegt schon alles im Warenkorb, was wir haben: ${inCart}.`;
    if (inCart === 0) return `Von ${title} gibt es nur noch ${left}.`;
    return `Von ${title} können nur noch ${left} in den Warenkorb.`;
  },
  'too-many-lines': ({ limit }) => `Ein Warenkorb fasst höchstens ${limit} verschiedene Artikel.`,
  'too-many-units': ({ limit }) => `Ein Warenkorb fasst höchstens ${limit} Stück eines Artikels.`,
  'too-many-attributes': ({ limit }) => `Ein Warenkorb fasst höchstens ${limit} Attribute.`,
};

/** What a shopper is told who did the same too often in a short while. */
export function tooOftenSentence(locale: string): string {
  return /^de(-|$)/.test(locale)
    ? 'Das war zu oft in kurzer Zeit. Bitte gleich noch einmal versuchen; der Warenkorb bleibt, wie er ist.'
    : 'That was too often in a short time. Please try again in a moment; your cart stays as it is.';
}

/**
 * What a shopper is told when the cart stays as it was.
 * @param locale the store's; English where we have no words in it
 */
export function refusalSentence(refusal: Refusal, locale: string): string {
  const sentences = /^de(-|$)/.test(locale) ? german : english;
  const tell = sentences[refusal.reason] as (refusal: Refusal) => string;
  return tell(refusal);
}
