import { defineErrors } from '@libs/kernel';

/** The errors of products, stock and collections. */
export const catalogErrors = defineErrors('catalog', {
  'bad-cursor': {
    kind: 'malformed',
    text: 'The cursor is not one that this list gave out; start again without it.',
  },
  'product-not-found': { kind: 'missing', text: 'There is no such product.' },
  'invalid-product': {
    kind: 'invalid',
    text: 'The product cannot be saved: its issues name the fields.',
  },
  'handle-taken': { kind: 'conflict', text: 'The handle {handle} is taken.' },
  'bad-handle': {
    kind: 'invalid',
    text: 'A handle has small letters, digits and single hyphens between them, at most 255 characters.',
  },
  'variant-not-found': { kind: 'missing', text: 'There is no such variant.' },
  'recommends-itself': {
    kind: 'invalid',
    text: 'A product is not recommended beside itself.',
  },
  'last-variant': { kind: 'conflict', text: 'A product keeps at least one variant.' },
  'location-not-found': { kind: 'missing', text: 'There is no such location.' },
  'item-not-found': {
    kind: 'missing',
    text: 'There is no such item, or its variant is not counted.',
  },
  'stock-moved': {
    kind: 'conflict',
    text: 'Somebody else moved this meanwhile: {onHand} are on hand now, at version {current}; you sent {given}.',
  },
  'count-unseen': {
    kind: 'invalid',
    text: 'Send what you saw before you counted: its `version`, or `compareOnHand`; or `ignoreCompare`. {onHand} are on hand now, at version {current}.',
  },
  'stock-promised': {
    kind: 'conflict',
    text: '{promised} are promised to buyers: fewer on hand than that cannot be counted.',
  },
  'transfer-not-found': { kind: 'missing', text: 'There is no such transfer.' },
  'transfer-state': {
    kind: 'conflict',
    text: 'This cannot be done with a transfer that is {state}.',
  },
  'transfer-line': { kind: 'invalid', text: 'This item is not in the transfer.' },
  'transfer-excess': {
    kind: 'conflict',
    text: 'Only {open} units of this item are still to come.',
  },
  'units-not-there': {
    kind: 'conflict',
    text: 'Only {units} units are {state} there.',
  },
  'stock-committed': {
    kind: 'conflict',
    text: 'What this checkout held belongs to its order: it cannot be held again.',
  },
  'collection-not-found': { kind: 'missing', text: 'There is no such collection.' },
  'collection-kind': {
    kind: 'conflict',
    text: 'The members of a smart collection come from its rules, those of a manual one from its list.',
  },
  'too-many-collections': {
    kind: 'conflict',
    text: 'A store has at most {limit} smart collections.',
  },
  'bad-rules': {
    kind: 'invalid',
    text: 'Rules have at most {conditions} conditions in groups at most {depth} deep.',
  },
  'image-not-found': { kind: 'invalid', text: 'There is no such image.' },
  'definition-not-found': { kind: 'missing', text: 'There is no such metafield definition.' },
  'definition-taken': {
    kind: 'conflict',
    text: 'There is a definition of {namespace}.{key} already.',
  },
  'unknown-metafield-type': { kind: 'invalid', text: 'There is no metafield type {type}.' },
});
