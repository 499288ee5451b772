import { defineErrors } from '../errors';

/** What can be wrong with an amount, a share, a rate or a price ending. */
export const moneyErrors = defineErrors('money', {
  'not-an-integer': {
    kind: 'invalid',
    text: 'The amount {amount} is not a whole number of minor units.',
  },
  'bad-decimal': { kind: 'invalid', text: '“{text}” is not an amount such as 12.34.' },
  'too-precise': {
    kind: 'invalid',
    text: '“{text}” has more decimals than {currency} knows, which is {exponent}.',
  },
  'too-large': { kind: 'invalid', text: '“{text}” is larger than an amount can be.' },
  'off-quantum': {
    kind: 'invalid',
    text: 'The amount {amount} is not a multiple of {quantum} minor units.',
  },
  'bad-weight': {
    kind: 'invalid',
    text: 'The weight {weight} is not a whole number of at least 0.',
  },
  'bad-ppm': {
    kind: 'invalid',
    text: 'The rate {ppm} is not a whole number of parts per million of at least {least}.',
  },
  'bad-rate': { kind: 'invalid', text: 'The exchange rate {rate} is not a whole number above 0.' },
  'bad-ending': {
    kind: 'invalid',
    text: 'Prices in {currency} cannot end on {ending}.',
  },
  'bad-units': {
    kind: 'invalid',
    text: 'Of {quantity} units, {returned} are refunded already; {units} more are not possible.',
  },
  'over-refund': {
    kind: 'invalid',
    text: 'The refund of {amount} is more than the {left} that are left of what was paid.',
  },
});
