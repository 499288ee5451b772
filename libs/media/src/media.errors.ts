import { defineErrors } from '@libs/kernel';

export const mediaErrors = defineErrors('media', {
  'image-not-found': { kind: 'missing', text: 'There is no such image.' },
  'not-an-image': {
    kind: 'invalid',
    text: 'The file is not an image that we can read: JPEG, PNG, WebP, AVIF, GIF or SVG.',
  },
  'image-too-large': {
    kind: 'too-large',
    text: 'An image has at most {megabytes} MB and {megapixels} million pixels.',
  },
});
