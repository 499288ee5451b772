import { defineErrors } from '../errors';

/** Why HTML of a merchant cannot be kept at all. */
export const htmlErrors = defineErrors('html', {
  'too-long': {
    kind: 'invalid',
    text: 'The HTML has {length} characters once it is written out in full, at most {limit} fit.',
  },
  'too-complex': {
    kind: 'invalid',
    text: 'The HTML cannot be read: it has at most {elements} elements, at most {depth} of them inside each other.',
  },
});
