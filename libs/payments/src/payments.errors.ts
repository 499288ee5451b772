import { defineErrors } from '@libs/kernel';

/** What can be wrong with payments, their accounts and what is asked of them. */
export const paymentsErrors = defineErrors('payments', {
  'account-missing': { kind: 'missing', text: 'There is no such payment account.' },
  'bad-provider': { kind: 'invalid', text: 'There is no payment provider {provider} here.' },
  'bad-key': { kind: 'invalid', text: '{provider} has no key {field}.' },
  'key-missing': {
    kind: 'invalid',
    text: 'The account cannot be enabled without the key {field}.',
  },
  'key-mode': {
    kind: 'invalid',
    text: 'The key {field} is for the other mode: test keys and live keys do not mix.',
  },
  'no-total': {
    kind: 'invalid',
    text: 'No total is at least {minMinor} and at most {maxMinor}.',
  },
  'bad-currency': { kind: 'invalid', text: '{provider} does not take {currency}.' },
  'method-gone': { kind: 'conflict', text: 'This way of paying is not offered any more.' },
  'payment-missing': { kind: 'missing', text: 'There is no such payment.' },
  'payment-stopped': { kind: 'conflict', text: 'This payment was stopped.' },
  'capture-too-large': {
    kind: 'conflict',
    text: 'Only {available} of the authorized amount is left to capture.',
  },
  'refund-too-large': {
    kind: 'conflict',
    text: 'Only {available} of the captured amount is left to refund.',
  },
  'other-money': {
    kind: 'conflict',
    text: 'The payment is in {currency}.',
  },
  'not-by-hand': {
    kind: 'conflict',
    text: 'Only a payment outside of a provider can be marked as paid; this one is with {provider}.',
  },
  'stored-value-short': {
    kind: 'conflict',
    text: 'The gift card or credit has not so much left.',
  },
  'customer-missing': { kind: 'missing', text: 'There is no such customer.' },
  'gift-card-missing': { kind: 'missing', text: 'There is no such gift card.' },
  'provider-unreachable': { kind: 'unavailable', text: 'The payment provider does not answer.' },
  'provider-refused': { kind: 'conflict', text: 'The payment provider refused: {reason}.' },
});
