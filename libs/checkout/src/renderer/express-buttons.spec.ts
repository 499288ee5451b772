import type { PaymentMethod } from '@libs/payments';
import { aLine, anOffer } from '../../test/cart.builder';
import { emptyCart } from '../carts/open-carts.service';
import { priceCart } from '../carts/price-cart';
import { expressButtons, expressQuestion } from './express-buttons';

const nothing = { discounts: [], unknownCodes: [] };
const cartOf = (offer: Parameters<typeof anOffer>[1]) =>
  priceCart({ ...emptyCart('EUR'), lines: [aLine(anOffer(7, offer), 2)] }, nothing, 1);

const method = (rest: Partial<PaymentMethod>): PaymentMethod => ({
  accountId: 'a',
  provider: 'paypal',
  title: 'PayPal',
  description: '',
  testMode: false,
  capture: 'now',
  feeMinor: 0,
  placesAtOnce: false,
  express: true,
  ...rest,
});

test('a cart asks for ways to pay what it costs, wherever it goes', () => {
  const question = expressQuestion(cartOf({ priceMinor: 1900, requiresShipping: true }));
  expect(question).toMatchObject({ money: { amountMinor: 3800, currency: 'EUR' }, country: null });
});

test('nothing is asked for a cart of which nothing is sent or paid', () => {
  expect(expressQuestion(cartOf({ priceMinor: 1900, requiresShipping: false }))).toBeNull();
  expect(expressQuestion(cartOf({ priceMinor: 0, requiresShipping: true }))).toBeNull();
  expect(expressQuestion(priceCart(emptyCart('EUR'), nothing, 1))).toBeNull();
});

test('each provider that a checkout may begin at has one button, of its first account', () => {
  const { express: _, ...byCard } = method({ provider: 'stripe', title: 'Card' });
  const methods = [byCard, method({ title: 'First' }), method({ title: 'Second' })];
  expect(expressButtons(methods)).toEqual([
    { provider: 'paypal', title: 'First', name: 'goto_pp' },
  ]);
  expect(expressButtons([byCard])).toEqual([]);
});
