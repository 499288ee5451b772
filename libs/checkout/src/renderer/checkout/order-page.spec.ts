import { orderPage, type OrderFacts } from './order-page';
import { plainLook } from './look';
import type { CheckoutView, PageSetting } from './page-input';
import { summary } from './summary';
import { wordsIn } from './words';

const ada = { name: 'Ada', address1: 'Torstraße 1', zip: '10119', city: 'Berlin', country: 'DE' };
const promised = { from: '2026-11-24', to: '2026-11-27' };
const checkout = {
  currency: 'EUR',
  email: 'ada@example.test',
  lines: [],
  quote: null,
  codes: [],
  giftCards: [],
  shippingAddress: ada,
  billingAddress: null,
  deliveryRateId: 'rate',
  deliveryOptions: [{ rateId: 'rate', kind: 'shipping', promised }],
  paymentMethod: { title: 'Transfer', instructions: 'To DE89' },
};
const view = { token: 't', checkout, images: new Map(), methods: [], credit: null };
const setting: PageSetting = {
  ...wordsIn('en'),
  shop: { name: 'Kiln', country: 'DE' },
  look: plainLook,
  prefix: '',
  nonce: 'n',
};
const placed: OrderFacts = {
  name: '#1001',
  financial: 'pending',
  fulfilment: 'unfulfilled',
  cancelled: false,
  withdrawable: false,
  returnable: false,
  returns: [],
  documents: [],
  parcels: [],
};

function wordsOf(order: Partial<OrderFacts>): string {
  const input = { order: { ...placed, ...order }, known: true, notices: [] };
  const { main } = orderPage(view as unknown as CheckoutView, input, setting);
  return main.text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

describe('the page of an order', () => {
  it('thanks, and says how to pay and when it arrives', () => {
    const words = wordsOf({});
    for (const part of ['Thank you, Ada!', 'A confirmation is on its way to', 'To DE89', 'Arrives'])
      expect(words).toContain(part);
    expect(words).not.toContain('Refunded');
  });

  it('asks for no money and promises no day once it is cancelled', () => {
    const words = wordsOf({ cancelled: true });
    expect(words).toContain('Your order was cancelled');
    for (const part of ['Thank you', 'A confirmation is on its way to', 'To DE89', 'Arrives'])
      expect(words).not.toContain(part);
  });

  it('says how the rest is paid where there is no link yet', () => {
    expect(wordsOf({ rest: { owedMinor: 500, path: null } })).toContain(
      'To pay €5.00 Please ask Kiln how you can pay it.',
    );
    const linked = wordsOf({ rest: { owedMinor: 500, path: '/checkouts/t' } });
    expect(linked).toContain('To pay €5.00 Pay now');
  });

  it('says by what an order is paid beside stored value, not that it is still to pay', () => {
    const totals = { subtotalMinor: 5000, totalMinor: 5000, taxIncluded: true };
    const tenders = [
      { kind: 'gift_card', id: 'g', amountMinor: 2000 },
      { kind: 'provider', amountMinor: 3000 },
    ];
    const quote = { currency: 'EUR', totals, tenders, lines: [], discounts: [], tax: {} };
    const summed = { ...quote, shipping: [], fees: [], taxes: [] };
    const asideOf = (state: string) => {
      const paid = { ...view, checkout: { ...checkout, state, quote: summed } };
      const input = { order: placed, known: true, notices: [] };
      const { aside } = orderPage(paid as unknown as CheckoutView, input, setting);
      return aside?.text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    };
    expect(asideOf('completed')).toContain('−€20.00 Transfer €30.00');
    expect(asideOf('paying')).toContain('−€20.00 To pay €30.00');
  });

  it('folds its summary to what is still to pay on the way, and to the total afterwards', () => {
    const totals = { subtotalMinor: 5000, totalMinor: 5000, taxIncluded: true };
    const tenders = [
      { kind: 'gift_card', id: 'g', amountMinor: 2000 },
      { kind: 'provider', amountMinor: 3000 },
    ];
    const quote = { currency: 'EUR', totals, tenders, lines: [], discounts: [], tax: {} };
    const summed = { ...quote, shipping: [], fees: [], taxes: [] };
    const folded = (state: string) => {
      const paid = { ...view, checkout: { ...checkout, state, quote: summed } };
      return summary(paid as unknown as CheckoutView, setting, null).text;
    };
    expect(folded('open')).toMatch(/<summary>.*<strong>€30\.00<\/strong>/);
    expect(folded('completed')).toMatch(/<summary>.*<strong>€50\.00<\/strong>/);
  });

  it('takes off the total what came back in an exchange, and has nothing left to be worked out', () => {
    const totals = { subtotalMinor: 35800, totalMinor: 35800, taxIncluded: true };
    const quote = { currency: 'EUR', totals, tenders: [], lines: [], discounts: [], tax: {} };
    const lines = [{ id: 'l', title: 'Cup', quantity: 1, requiresShipping: true, properties: [] }];
    const summed = { ...quote, shipping: [], fees: [], taxes: [] };
    const exchanged = {
      ...view,
      checkout: { ...checkout, lines, state: 'completed', quote: summed },
      returnedMinor: 4800,
    } as unknown as CheckoutView;
    const text = summary(exchanged, setting, null).text.replace(/<[^>]*>|\s+/g, ' ');
    const words = text.replace(/ +/g, ' ');
    expect(words).toContain('Shipping Free Total €358.00 Returned −€48.00 New total €310.00');
  });

  it('says of nothing that goes by no parcel that it was shipped', () => {
    expect(wordsOf({ fulfilment: 'fulfilled' })).toContain('Payment pending · Completed');
    const lines = [{ id: 'l', title: 'Cup', quantity: 1, requiresShipping: true, properties: [] }];
    const sent = { ...view, checkout: { ...checkout, lines } } as unknown as CheckoutView;
    const input = { order: { ...placed, fulfilment: 'fulfilled' }, known: true, notices: [] };
    expect(orderPage(sent, input, setting).main.text).toContain('Payment pending · Shipped');
  });

  it('says what came back, and what is in which parcel', () => {
    const words = wordsOf({
      refundedMinor: 1500,
      parcels: [
        { carrier: 'UPS', number: '1Z9', url: null, goods: [{ title: 'Vase', units: 2 }] },
        { carrier: null, number: null, url: null, goods: [{ title: 'Bowl', units: 1 }] },
      ],
    });
    expect(words).toContain('Refunded: €15.00');
    expect(words).toMatch(/UPS 1Z9 2 × Vase .*1 × Bowl/);
    const one = [{ carrier: null, number: null, url: null, goods: [{ title: 'Bowl', units: 1 }] }];
    expect(wordsOf({ parcels: one })).not.toContain('Bowl');
  });
});
