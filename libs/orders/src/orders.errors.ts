import { defineErrors } from '@libs/kernel';

export const ordersErrors = defineErrors('orders', {
  'order-not-found': { kind: 'missing', text: 'There is no such order.' },
  'unbalanced-snapshot': {
    kind: 'internal',
    text: 'The amounts of the order do not add up: {what} should be {expected} and is {given}.',
  },
  cancelled: { kind: 'conflict', text: 'The order {name} is cancelled.' },
  'shipped-already': {
    kind: 'conflict',
    text: 'Something of the order {name} was shipped already: refund what comes back instead.',
  },
  'on-hold': { kind: 'conflict', text: 'The order {name} is on hold; release it before you ship.' },
  disputed: {
    kind: 'conflict',
    text: 'The payment of the order {name} is disputed ({dispute}): nothing of it is shipped until that is won.',
  },
  'nothing-to-ship': { kind: 'conflict', text: 'Nothing of the order {name} is left to ship.' },
  'nothing-to-refund': {
    kind: 'invalid',
    text: 'A refund of the order {name} needs an amount above 0.',
  },
  'line-not-found': { kind: 'invalid', text: 'The order has no such line.' },
  'line-twice': { kind: 'invalid', text: 'The line is named twice.' },
  'charge-not-found': { kind: 'invalid', text: 'The order has no such delivery or fee left.' },
  'too-many-units': {
    kind: 'conflict',
    text: 'Of “{title}” only {left} are left for this, not {quantity}.',
  },
  'location-not-found': { kind: 'invalid', text: 'There is no such location.' },
  'not-at-location': {
    kind: 'conflict',
    text: 'Not all of these units lie at that location: {missing} are missing.',
  },
  'parcel-not-found': { kind: 'missing', text: 'The order has no such parcel.' },
  'return-not-found': { kind: 'missing', text: 'The order has no such return.' },
  'return-state': {
    kind: 'conflict',
    text: 'The return is {state}: that cannot be done with it now.',
  },
  'no-replacement': {
    kind: 'invalid',
    text: '“{title}” cannot be exchanged for that: it is not for sale, or not the same product.',
  },
  'replacement-price': {
    kind: 'invalid',
    text: 'What replaces “{title}” needs a price in {currency}.',
  },
  'nothing-to-exchange': {
    kind: 'conflict',
    text: 'Nothing of this return is to be replaced: refund it instead.',
  },
  'edit-empty': {
    kind: 'invalid',
    text: 'Nothing would be left of the order: cancel it instead.',
  },
  'units-closed': {
    kind: 'conflict',
    text: 'Of “{title}” {least} units were shipped or refunded: {quantity} are too few.',
  },
  'edit-below-refunds': {
    kind: 'conflict',
    text: 'More was refunded of “{title}” than it would cost: {refunded}, in minor units.',
  },
  'out-of-stock': {
    kind: 'conflict',
    text: 'Of “{title}” {quantity} more are wanted and {available} are there.',
  },
  'nothing-over': {
    kind: 'conflict',
    text: 'Nothing was paid for the order {name} beyond what is due.',
  },
  'withdrawal-not-found': { kind: 'missing', text: 'There is no such withdrawal.' },
  'withdrawal-state': {
    kind: 'conflict',
    text: 'The withdrawal {name} is {state}: that cannot be done with it now.',
  },
  'nothing-authorized': {
    kind: 'conflict',
    text: 'Of the order {name} only {authorized} can be captured, in minor units.',
  },
  'nothing-due': {
    kind: 'conflict',
    text: 'Of the order {name} only {due} is due, in minor units.',
  },
  'tender-not-found': { kind: 'invalid', text: 'The order was not paid with this.' },
  'tender-too-small': {
    kind: 'conflict',
    text: 'Of what this paid, only {left} can go back, not {amount}.',
  },
  'split-not-the-sum': {
    kind: 'invalid',
    text: 'The parts come to {sum}, the refund to {total}.',
  },
  'document-not-found': { kind: 'missing', text: 'There is no such document.' },
  'no-seller': {
    kind: 'conflict',
    text: 'Nobody has written who sells: give name and address in the settings of documents first.',
  },
  'no-invoice': {
    kind: 'conflict',
    text: 'The order {name} has no invoice that a credit note could correct.',
  },
  'refund-not-found': { kind: 'invalid', text: 'The order has no such refund.' },
  'refund-of-surplus': {
    kind: 'conflict',
    text: 'This refund gave back what was paid beyond what is due: no invoice is of that, and none is corrected.',
  },
  'refund-under-way': {
    kind: 'conflict',
    text: 'The money of this refund is not back yet: a credit note follows once it is.',
  },
  'same-prefix': {
    kind: 'invalid',
    text: 'Invoices and credit notes need prefixes that differ.',
  },
  'gift-card-used': {
    kind: 'conflict',
    text: 'Of the gift cards “{title}” only {left} are unused and can be taken back.',
  },
  'gift-line-not-found': {
    kind: 'missing',
    text: 'The order has no such line of gift cards.',
  },
  'gift-cards-missing': {
    kind: 'conflict',
    text: 'There are no gift cards of “{title}” to send: the order is not paid, or they were taken back.',
  },
  'gift-cards-sent': {
    kind: 'conflict',
    text: 'Gift cards of “{title}” were mailed already: whom they are for cannot be changed any more.',
  },
  'gift-recipient-needed': {
    kind: 'invalid',
    text: 'A recipient needs an e-mail address.',
  },
  'gift-recipient-erased': {
    kind: 'conflict',
    text: 'Who the gift cards were for was erased: they cannot be mailed again.',
  },
  'gift-day': {
    kind: 'invalid',
    text: 'Gift cards are sent on a day from {first} to {last}.',
  },
  'no-credit': {
    kind: 'conflict',
    text: 'The order {name} cannot be refunded as store credit: it belongs to no customer, or no money was moved for it.',
  },
});
