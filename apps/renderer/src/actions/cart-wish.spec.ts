import { readWish } from './cart-wish';

const way = { returnTo: null, checkout: false, bundle: null };
const add = (additions: unknown[], more = {}) => ({
  verb: 'add',
  single: true,
  additions,
  remarks: { note: undefined, attributes: undefined },
  ...way,
  ...more,
});
const one = { variant: 7, quantity: 1, properties: [] };

describe('what a shopper wants', () => {
  it.each([
    ['one variant', { id: 7 }, add([one])],
    [
      'of a form',
      { id: '7', quantity: '2', selling_plan: '', form_type: 'product' },
      add([{ ...one, quantity: 2 }]),
    ],
    [
      'with properties',
      { id: 7, properties: { Name: 'Ada', n: 3, gone: null } },
      add([
        {
          ...one,
          properties: [
            ['Name', 'Ada'],
            ['n', '3'],
          ],
        },
      ]),
    ],
    [
      'several',
      { items: [{ id: 7 }, { id: '8', quantity: 3, selling_plan: null }] },
      add([one, { variant: 8, quantity: 3, properties: [] }], { single: false }),
    ],
    ['several of a form', { items: { 0: { id: '7' } } }, add([one], { single: false })],
    [
      'with the way back',
      { id: 7, return_to: '/products/x', checkout: '' },
      add([one], { returnTo: '/products/x', checkout: true }),
    ],
    [
      'with what a database cannot keep',
      { id: 7, properties: { 'a\u0000': '\ud800b' } },
      add([{ ...one, properties: [['a', '\ufffdb']] }]),
    ],
  ])('to add %s', (_name, input, wish) => expect(readWish('add', input)).toEqual(wish));

  it.each([
    ['nothing', {}, 'id'],
    ['a word', { id: 'shirt' }, 'id'],
    ['half of it', { id: 7, quantity: 1.5 }, 'quantity'],
    ['none of it', { id: 7, quantity: 0 }, 'quantity'],
    ['less than none', { id: 7, quantity: '-1' }, 'quantity'],
    ['a plan', { id: 7, selling_plan: 12 }, 'selling_plan'],
    ['an empty list', { items: [] }, 'items'],
    ['too many at once', { items: Array.from({ length: 101 }, () => ({ id: 7 })) }, 'items'],
    ['a novel', { id: 7, properties: { a: 'x'.repeat(2_001) } }, 'properties'],
    ['things in things', { id: 7, properties: { a: { b: 'c' } } }, 'properties'],
  ])('refuses to add %s', (_name, input, parameter) =>
    expect(readWish('add', input)).toEqual({ parameter }),
  );

  it.each([
    ['place', { line: '2', quantity: 0 }, { line: { place: 2 }, change: { quantity: 0 } }],
    ['key', { id: '7:ab', quantity: '3' }, { line: { key: '7:ab' }, change: { quantity: 3 } }],
    [
      'variant',
      { id: 7, properties: { a: 'b' } },
      { line: { variant: 7 }, change: { properties: [['a', 'b']] } },
    ],
  ])('to change a line by %s', (_name, input, wish) =>
    expect(readWish('change', input)).toMatchObject({ verb: 'change', ...wish }),
  );

  it('refuses to change no line', () => {
    expect(readWish('change', { quantity: 1 })).toEqual({ parameter: 'id' });
    expect(readWish('change', { line: 0 })).toEqual({ parameter: 'line' });
  });

  it.each([
    [
      ['2', '', null, 0],
      [
        [{ place: 1 }, 2],
        [{ place: 4 }, 0],
      ],
    ],
    [{ 7: 1, '7:ab': '' }, [[{ variant: 7 }, 1]]],
    [undefined, []],
  ])('to update %j', (updates, expected) => {
    const wish = readWish('update', { updates, note: 'Hi', attributes: { gift: 'yes', no: '' } });
    expect(wish).toMatchObject({
      updates: expected.map(([line, quantity]) => ({ line, quantity })),
      remarks: { note: 'Hi', attributes: { gift: 'yes', no: '' } },
    });
  });

  it('to go on to the checkout', () => {
    expect(readWish('post', { checkout: '1', 'updates[]': '1' })).toMatchObject({ checkout: true });
    expect(readWish('clear', {})).toEqual({ verb: 'clear', ...way });
  });
});
