import { readMetafield } from '@libs/kernel';
import * as fc from 'fast-check';
import { checkDraft } from './check-draft';
import type { CurrentProduct } from './current-product';
import { type PlanContext, planProduct } from './plan-product';
import type { ProductDraft } from './product-draft';

const context: PlanContext = {
  at: '2026-11-21T10:00:00.000Z',
  locationId: 'main',
  levels: new Map(),
  images: new Set(),
  definitions: new Map(),
};

/** The product that a plan leaves behind, as the next plan would read it. */
function written(draft: ProductDraft): CurrentProduct {
  const { productId, state, variants, media } = planProduct(draft, null, context);
  return {
    ...state,
    productId,
    media: media.inserts,
    metafields: [],
    variants: variants.variants.map((variant) => ({ ...variant.state, metafields: [] })),
  };
}

const size = fc.constantFrom('S', 'M', 'L', 'XL');
const colour = fc.constantFrom('red', 'blue');
const draft: fc.Arbitrary<ProductDraft> = fc.record(
  {
    handle: fc.constant('a'),
    title: fc.constantFrom('One', ' Two '),
    vendor: fc.constantFrom('V', null),
    tags: fc.uniqueArray(fc.constantFrom('x', ' y', 'z')),
    published: fc.boolean(),
    options: fc.constant([{ name: 'Size' }, { name: 'Colour' }]),
    variants: fc.uniqueArray(
      fc.record({
        options: fc.tuple(size, colour),
        priceMinor: fc.nat(1000),
        compareAtMinor: fc.option(fc.nat(1000)),
        sku: fc.constantFrom('', 'k', null),
        imageSrc: fc.constantFrom(null, 'https://x.example/1.jpg', 'https://x.example/2.jpg'),
      }),
      { minLength: 1, selector: ({ options }) => options.join() },
    ),
    images: fc.uniqueArray(
      fc.record({ src: fc.constantFrom('https://x.example/1.jpg', 'https://x.example/3.jpg') }),
      { selector: ({ src }) => src },
    ),
  },
  { requiredKeys: ['handle', 'title', 'options', 'variants'] },
);

describe('planning a product', () => {
  it('plans nothing the second time', () => {
    fc.assert(
      fc.property(draft, (wanted) => {
        expect(planProduct(wanted, null, context).problems).toEqual([]);
        const again = planProduct(wanted, written(wanted), context);
        expect(again.changed).toBe(false);
        expect(again.stock).toEqual([]);
      }),
    );
  });

  it('arrives at the same product from any other', () => {
    fc.assert(
      fc.property(draft, draft, (before, wanted) => {
        const direct = planProduct(wanted, null, context);
        const plan = planProduct(
          { images: [], tags: [], vendor: null, published: true, ...wanted },
          written(before),
          context,
        );
        expect(plan.problems).toEqual([]);
        const values = (from: typeof plan) =>
          from.variants.variants.map(({ state }) => [
            state.option1,
            state.option2,
            state.priceMinor,
            state.position,
          ]);
        expect(values(plan)).toEqual(values(direct));
        const names = plan.state.options.map((option) => [...option.values].sort());
        expect(names).toEqual(direct.state.options.map((option) => [...option.values].sort()));
      }),
    );
  });

  it('says nothing about what is not said', () => {
    fc.assert(
      fc.property(draft, (before) => {
        expect(planProduct({ handle: 'a' }, written(before), context).changed).toBe(false);
      }),
    );
  });

  it('gives a product without variants its single default one', () => {
    const { variants, state } = planProduct({ handle: 'a', title: 'A' }, null, context);
    expect(variants.variants.map((one) => one.state.option1)).toEqual([null]);
    expect(state).toMatchObject({ status: 'active', publishedAt: context.at, options: [] });
  });
});

describe('checking a draft', () => {
  it.each<[Partial<ProductDraft>, string, string]>([
    [{ title: ' ' }, 'title', 'blank'],
    [{ tags: ['a,b'] }, 'tags.0', 'comma'],
    [{ options: [{ name: 'A' }, { name: 'a ' }] }, 'options.1.name', 'duplicate'],
    [{ variants: [{ options: [], priceMinor: 1.5 }] }, 'variants.0.price', 'bad-amount'],
    [{ variants: [{ options: [], compareAtMinor: -1 }] }, 'variants.0.compareAt', 'bad-amount'],
    [{ variants: [{ options: [], grams: -1 }] }, 'variants.0.grams', 'bad-weight'],
    [{ images: [{ src: 'file:///etc/passwd' }] }, 'images.0.src', 'bad-address'],
    [{ publishedAt: 'soon' }, 'publishedAt', 'bad-date'],
  ])('names what is wrong in %j', (part, field, code) => {
    expect(checkDraft({ handle: 'a', title: 'A', ...part })).toMatchObject([{ field, code }]);
  });
});

describe('metafield values', () => {
  it.each([
    ['number_integer', '5', true, 5],
    ['number_integer', '5', false, undefined],
    ['number_integer', 5.5, false, undefined],
    ['boolean', 'TRUE', true, true],
    ['json', '{"a":1}', true, { a: 1 }],
    ['single_line_text_field', 'a\nb', false, undefined],
    ['list.single_line_text_field', '["a","b"]', true, ['a', 'b']],
    ['list.number_integer', [1, 'x'], false, undefined],
    ['color', '#ff00zz', false, undefined],
    ['date', '2026-11-21', true, '2026-11-21'],
    ['url', 'javascript:alert(1)', false, undefined],
    ['no_such_type', 'x', false, undefined],
  ])('%s of %j', (type, value, fromText, expected) =>
    expect(readMetafield(type, value, fromText)).toEqual(expected),
  );
});
