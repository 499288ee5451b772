import { defineErrors } from '@libs/kernel';

export const customersErrors = defineErrors('customers', {
  'message-not-found': { kind: 'missing', text: 'There is no such message.' },
  'sign-up-not-found': { kind: 'missing', text: 'There is no such newsletter sign-up.' },
  'customer-not-found': { kind: 'missing', text: 'There is no such customer.' },
  'email-taken': {
    kind: 'conflict',
    text: 'Another customer of the store has this e-mail address.',
  },
  'customer-erased': { kind: 'conflict', text: 'The customer was erased and cannot be changed.' },
  'orders-open': {
    kind: 'conflict',
    text: 'The customer cannot be erased before these orders are closed: {orders}.',
  },
  'address-not-found': { kind: 'missing', text: 'There is no such address.' },
  'too-many-addresses': { kind: 'conflict', text: 'A customer has at most {limit} addresses.' },
  'group-not-found': { kind: 'missing', text: 'There is no such customer group.' },
  'group-taken': { kind: 'conflict', text: 'There is a customer group {name} already.' },
  'too-many-groups': { kind: 'conflict', text: 'A store has at most {limit} customer groups.' },
});
