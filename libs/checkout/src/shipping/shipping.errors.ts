import { defineErrors } from '@libs/kernel';

export const shippingErrors = defineErrors('shipping', {
  'zone-not-found': { kind: 'missing', text: 'There is no such shipping zone.' },
  'country-taken': {
    kind: 'conflict',
    text: '{place} is in the zone “{zone}” already; a place is in one zone.',
  },
  'rest-taken': {
    kind: 'conflict',
    text: 'The zone “{zone}” is for the rest of the world already.',
  },
  'bad-zone': { kind: 'invalid', text: '{problem}.' },
  'location-not-found': { kind: 'missing', text: 'There is no such location.' },
  'rate-service-not-found': { kind: 'missing', text: 'There is no such rate service.' },
  'rate-address': { kind: 'invalid', text: 'A rate service cannot be asked there: {reason}.' },
  'bad-fallback': { kind: 'invalid', text: 'Prices are multiples of {quantum}.' },
  'too-many-rate-services': {
    kind: 'conflict',
    text: 'A store has at most {limit} rate services.',
  },
  'rates-unsettled': {
    kind: 'unavailable',
    text: 'The cart changed again and again while shipping rates were looked up. Try again.',
  },
  'pickup-not-found': { kind: 'missing', text: 'Nothing can be fetched at this location.' },
});
