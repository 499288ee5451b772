import { defineErrors } from '@libs/kernel';

export const customersErrors = defineErrors('customers', {
  'message-not-found': { kind: 'missing', text: 'There is no such message.' },
  'sign-up-not-found': { kind: 'missing', text: 'There is no such newsletter sign-up.' },
});
