import { defineErrors } from '@libs/kernel';

export const taxesErrors = defineErrors('taxes', {
  'registration-not-found': { kind: 'missing', text: 'There is no such tax registration.' },
  'rate-not-found': { kind: 'missing', text: 'There is no such tax rate.' },
  'registration-taken': {
    kind: 'conflict',
    text: 'There is a registration for this place and scheme at that time already.',
  },
  'rate-taken': {
    kind: 'conflict',
    text: 'There is a rate of {jurisdiction} for this place and category at that time already.',
  },
  'bad-registration': { kind: 'invalid', text: '{problem}.' },
  'bad-rate': { kind: 'invalid', text: '{problem}.' },
  'service-not-found': { kind: 'missing', text: 'There is no such tax service.' },
  'service-address': { kind: 'invalid', text: 'A tax service cannot be asked there: {reason}.' },
  'too-many-services': { kind: 'conflict', text: 'A store has at most {limit} tax services.' },
  'no-rates': {
    kind: 'invalid',
    text: 'No tax rates are known for {place}: add one before registering there.',
  },
});
