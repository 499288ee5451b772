import * as fc from 'fast-check';
import { aLine, anOffer } from '../../test/cart.builder';
import { emptyCart } from '../carts/open-carts.service';
import { ajaxCart } from './ajax-cart';
import { cartView } from './cart-view';
import { hundredths } from './hundredths';
import { refusalSentence } from './refusal-sentence';

const image = { src: '/cdn/i/abc/{width}.webp', width: 1200, height: 900 };
const images = new Map([['media', image]]);

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
    const lines = fc.array(
      fc.record({ id: fc.integer({ min: 1, max: 99 }), quantity: fc.integer({ min: 1, max: 99 }) }),
    );
    fc.assert(
      fc.property(lines, fc.constantFrom('EUR', 'JPY', 'KWD'), (wanted, currency) => {
        const cart = {
          ...emptyCart(currency),
          lines: wanted.map(({ id, quantity }) => aLine(anOffer(id, { currency }), quantity)),
        };
        const { items, ...ajax } = ajaxCart(cart, images);
        expect(ajax.total_price).toBe(items.reduce((sum, { line_price }) => sum + line_price, 0));
        const view = cartView(cart, images);
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
  ])('%j in %s', (refusal, locale, sentence) => {
    expect(refusalSentence(refusal, locale)).toBe(sentence);
  });
});
