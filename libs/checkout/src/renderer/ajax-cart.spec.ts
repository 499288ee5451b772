import * as fc from 'fast-check';
import { aLine, anOffer } from '../../test/cart.builder';
import { emptyCart } from '../carts/open-carts.service';
import type { Cart } from '../carts/cart';
import { priceCart } from '../carts/price-cart';
import type { DiscountFacts } from '../discounts/to-quote-discount';
import * as forScripts from './ajax-cart';
import * as forThemes from './cart-view';
import { hundredths } from '@libs/kernel';
import type { Refusal } from '../carts/judge';
import { cartChangedSentence, refusalSentence, tooOftenSentence } from './refusal-sentence';

const image = { src: '/cdn/i/abc/{width}.webp', width: 1200, height: 900 };
const images = new Map([['media', image]]);

const ajaxCart = (cart: Cart, ready: typeof images, discounts: DiscountFacts[] = []) =>
  forScripts.ajaxCart(priceCart(cart, { discounts, unknownCodes: ['GONE'] }, 1), ready);
const cartView = (cart: Cart, ready: typeof images, discounts: DiscountFacts[] = []) =>
  forThemes.cartView(priceCart(cart, { discounts, unknownCodes: ['GONE'] }, 1), ready);

const aDiscount = (id: string, rest: Partial<DiscountFacts>): DiscountFacts => ({
  id,
  title: `Title of ${id}`,
  rule: { kind: 'amount_off', on: 'order', targets: {}, benefit: { percent: 10 } },
  minimum: null,
  groups: null,
  combinesWith: { product: true, order: true, shipping: true },
  code: null,
  createdAt: 0,
  startsAt: null,
  endsAt: null,
  usesLeft: null,
  unitsLeft: {},
  ...rest,
});

describe('the cart that scripts read', () => {
  it('has the fields of the contract', () => {
    const offer = anOffer(7, {
      title: 'S / Red',
      options: [
        { name: 'Size', value: 'S' },
        { name: 'Colour', value: 'Red' },
      ],
      mediaId: 'media',
    });
    const cart = {
      ...emptyCart('EUR'),
      cartId: '01890000-0000-7000-8000-000000000001',
      lines: [aLine(offer, 2, [['_gift', 'yes']])],
    };
    expect(ajaxCart(cart, images)).toMatchSnapshot('for scripts');
    expect(cartView(cart, images)).toMatchSnapshot('for themes');
  });

  it('takes discounts of lines off before those of the cart, and says so in its own words', () => {
    const shirt = anOffer(1, { priceMinor: 2_000 });
    const vase = anOffer(2, { priceMinor: 1_000 });
    const cart = {
      ...emptyCart('EUR'),
      codes: ['ten', 'GONE', 'SHIP'],
      lines: [aLine(shirt, 2), aLine(vase, 1)],
    };
    const discounts = [
      aDiscount('shirts', {
        rule: {
          kind: 'amount_off',
          on: 'products',
          targets: { productIds: [shirt.productId] },
          benefit: { percent: 25 },
        },
      }),
      aDiscount('ten', { code: { text: 'TEN', place: 1 } }),
      aDiscount('ship', {
        code: { text: 'ship', place: 3 },
        rule: { kind: 'shipping', benefit: { percent: 100 }, countries: null, dearestMinor: null },
      }),
    ];
    const ajax = ajaxCart(cart, images, discounts);
    expect(ajax).toMatchObject({
      original_total_price: 5_000,
      items_subtotal_price: 4_000,
      total_price: 3_600,
      total_discount: 1_400,
      cart_level_discount_applications: [
        {
          type: 'discount_code',
          title: 'TEN',
          value: '10.0',
          value_type: 'percentage',
          allocation_method: 'across',
          total_allocated_amount: 400,
        },
      ],
      discount_codes: [
        { code: 'ten', applicable: true, reason: null },
        { code: 'GONE', applicable: false, reason: 'unknown' },
        { code: 'SHIP', applicable: true, reason: null },
      ],
    });
    expect(ajax.items[0]).toMatchObject({
      price: 2_000,
      final_price: 1_500,
      original_line_price: 4_000,
      final_line_price: 3_000,
      line_price: 2_700,
      line_level_total_discount: 1_000,
      discounts: [{ amount: 1_000, title: 'Title of shirts' }],
      line_level_discount_allocations: [
        {
          amount: 1_000,
          discount_application: { type: 'automatic', total_allocated_amount: 1_000 },
        },
      ],
    });
    expect(ajax.explanation.map(({ title, before, after }) => [title, before, after])).toEqual([
      ['Title of shirts', 4_000, 3_000],
      ['TEN', 3_000, 2_700],
      ['TEN', 1_000, 900],
    ]);
    const view = cartView(cart, images, discounts);
    expect(view).toMatchObject({
      total_price: 3_600,
      total_discount: 1_400,
      items_subtotal_price: 4_000,
      discounts: [
        { title: 'TEN', code: 'TEN', amount: 400, level: 'cart' },
        { title: 'Title of shirts', code: null, amount: 1_000, level: 'line' },
      ],
    });
    expect(view.items[0]).toMatchObject({ price: 1_350, original_price: 2_000, line_price: 2_700 });
  });

  it('calls a single default variant by its product', () => {
    const [line] = ajaxCart({ ...emptyCart('EUR'), lines: [aLine(anOffer(1), 1)] }, images).items;
    expect(line).toMatchObject({
      title: 'Thing 1',
      variant_title: null,
      variant_options: ['Default Title'],
      product_has_only_default_variant: true,
      properties: null,
      image: null,
      featured_image: { url: null },
    });
  });

  it('adds up, in every currency', () => {
    const lines = fc.uniqueArray(
      fc.record({ id: fc.integer({ min: 1, max: 99 }), quantity: fc.integer({ min: 1, max: 99 }) }),
      { selector: ({ id }) => id },
    );
    fc.assert(
      fc.property(lines, fc.constantFrom('EUR', 'JPY', 'KWD'), (wanted, currency) => {
        const cart = {
          ...emptyCart(currency),
          lines: wanted.map(({ id, quantity }) => aLine(anOffer(id, { currency }), quantity)),
        };
        const tenOff = [aDiscount('ten', { code: { text: 'TEN', place: 1 } })];
        const { items, ...ajax } = ajaxCart(cart, images, tenOff);
        expect(ajax.total_price).toBe(items.reduce((sum, { line_price }) => sum + line_price, 0));
        const view = cartView(cart, images, tenOff);
        expect(view.total_price).toBe(view.items.reduce((sum, item) => sum + item.line_price, 0));
        expect(Number(ajax.presentment.total) * 10 ** ajax.presentment.exponent).toBeCloseTo(
          view.total_price,
          3,
        );
      }),
    );
  });

  it.each([
    [100, 'JPY', 10_000],
    [1_299, 'EUR', 1_299],
    [4_250, 'KWD', 425],
  ])('says %i %s in hundredths', (amount, currency, expected) => {
    expect(hundredths(amount, currency)).toBe(expected);
  });
});

describe('what a shopper is told', () => {
  const short = (left: number, inCart: number) =>
    ({ reason: 'short', title: 'Shirt - S', left, inCart }) as const;

  it.each([
    [short(0, 0), 'en', 'Shirt - S is sold out.'],
    [short(0, 2), 'en', 'All 2 of Shirt - S that we have are in your cart.'],
    [short(3, 0), 'fr', 'Only 3 of Shirt - S left.'],
    [short(1, 2), 'en-GB', 'You can add only 1 more of Shirt - S to your cart.'],
    [short(3, 0), 'de-AT', 'Von Shirt - S gibt es nur noch 3.'],
    [{ reason: 'variant-missing' } as const, 'de', 'Cannot find variant'],
    [short(0, 1), 'en', 'The only Shirt - S that we have is in your cart.'],
    [short(1, 2), 'de', 'Von Shirt - S kann nur noch 1 in den Warenkorb.'],
    [short(3, 0), 'zh-CN', 'Shirt - S 仅剩 3 件。'],
    [short(1, 0), 'ar', 'لم يتبقَّ من \u2068Shirt - S\u2069 سوى قطعة واحدة.'],
    [short(2, 0), 'ar', 'لم يتبقَّ من \u2068Shirt - S\u2069 سوى قطعتين.'],
    [short(3, 0), 'ar-EG', 'لم يتبقَّ من \u2068Shirt - S\u2069 سوى 3 قطع.'],
    [short(11, 0), 'ar', 'لم يتبقَّ من \u2068Shirt - S\u2069 سوى 11 قطعة.'],
    [
      { reason: 'too-many-lines', limit: 99 } as const,
      'ar',
      'لا تتسع السلة لأكثر من 99 منتجًا مختلفًا.',
    ],
    [
      { reason: 'too-many-lines', limit: 200 } as const,
      'ar',
      'لا تتسع السلة لأكثر من 200 منتج مختلف.',
    ],
  ])('%j in %s', (refusal, locale, sentence) => {
    expect(refusalSentence(refusal, locale)).toBe(sentence);
  });

  // One of each reason: a new one does not compile without a line here.
  const limit = 100;
  const refusals: { [R in Refusal['reason']]: Extract<Refusal, { reason: R }>[] } = {
    'variant-missing': [{ reason: 'variant-missing' }],
    'line-missing': [{ reason: 'line-missing' }],
    short: [short(0, 0), short(0, 2), short(3, 0), short(3, 2)],
    gift: [
      [{ field: 'email', reason: 'missing' } as const],
      [{ field: 'email', reason: 'invalid' } as const],
      [{ field: 'send_on', reason: 'invalid' } as const],
      [{ field: 'name', reason: 'too-long', most: 255 } as const],
      [{ field: 'message', reason: 'too-long', most: 200 } as const],
      [{ field: 'send_on', reason: 'day', first: '2026-12-01', last: '2027-03-01' } as const],
    ].map((faults) => ({ reason: 'gift', faults })),
    'too-many-lines': [{ reason: 'too-many-lines', limit }],
    'too-many-units': [{ reason: 'too-many-units', limit }],
    'too-many-attributes': [{ reason: 'too-many-attributes', limit }],
  };
  it.each(Object.entries(refusals))('has words for %s in every language', (reason, cases) => {
    const tell = (locale: string) => cases.map((one) => refusalSentence(one, locale));
    const told = ['en', 'de', 'zh-CN', 'ar'].map(tell);
    for (const sentences of told) {
      expect(new Set(sentences).size).toBe(cases.length);
      expect(sentences.join()).not.toMatch(/undefined|NaN/);
    }
    // Scripts compare with the one sentence that is the same everywhere.
    expect(new Set(told.flat()).size).toBe(reason === 'variant-missing' ? 1 : 4 * cases.length);
    expect(tell('fr')).toEqual(told[0]);
  });

  it.each([tooOftenSentence, cartChangedSentence])('%o speaks every language', (tell) => {
    const told = ['en', 'de-AT', 'zh-CN', 'ar', 'fr'].map(tell);
    expect(new Set(told).size).toBe(4);
    expect(told[4]).toBe(told[0]);
    expect(told[2]).toMatch(/\p{Script=Han}/u);
    expect(told[3]).toMatch(/\p{Script=Arabic}/u);
  });
});
