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
  'pickup-not-found': { kind: 'missing', text: 'Nothing can be fetched at this location.' },
});
