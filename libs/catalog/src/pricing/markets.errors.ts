import { defineErrors } from '@libs/kernel';

/** What can be wrong with a market. */
export const marketsErrors = defineErrors('markets', {
  'not-found': { kind: 'missing', text: 'There is no such market.' },
  'country-taken': { kind: 'conflict', text: '{country} is in the market “{market}” already.' },
  'home-country': { kind: 'conflict', text: '{country} is the store’s own country.' },
  'unknown-country': { kind: 'invalid', text: '{country} is no country of ISO 3166-1.' },
  'unknown-currency': { kind: 'invalid', text: '{currency} is no currency of ISO 4217.' },
  'bad-ending': { kind: 'invalid', text: 'Prices in {currency} cannot end on {ending}.' },
  'rate-needed': { kind: 'invalid', text: 'Say what one {base} is in {currency}.' },
  'no-reference-rate': {
    kind: 'conflict',
    text: 'There is no reference rate of {currency} yet: give a rate, or wait until one is fetched.',
  },
  'currency-fixed': {
    kind: 'conflict',
    text: 'The currency of a market stays: open another market for {currency}, and close this one.',
  },
  'own-currency': {
    kind: 'conflict',
    text: 'The market sells in the store’s own currency, at the store’s prices.',
  },
  'unknown-variant': { kind: 'invalid', text: 'The variant {id} is not there, or comes twice.' },
  'price-step': { kind: 'invalid', text: 'Prices in {currency} go in steps of {step}.' },
  'bad-rates': {
    kind: 'unavailable',
    text: 'The answer of {source} is no list of exchange rates.',
  },
});
