import { newLine } from './sales.contract';

describe('a line that staff add', () => {
  const issues = (line: object) =>
    newLine.safeParse(line).error?.issues.map(({ path, message }) => [path.join('.'), message]);
  const variantId = '0192f3d0-0000-7000-8000-000000000001';

  it('says which kinds there are when it is none of them', () => {
    const kinds = 'is a variantId, or a title with its unitMinor; either with a quantity';
    for (const line of [{}, { title: 'Gift wrap', quantity: 1 }, { sku: 'A', quantity: 1 }])
      expect(issues(line)).toEqual([['', kinds]]);
  });

  it('names the field of a kind that it is', () => {
    expect(issues({ variantId, quantity: 0 })?.[0]?.[0]).toBe('quantity');
    expect(issues({ variantId, quantity: 1 })).toBeUndefined();
    expect(issues({ title: 'Gift wrap', unitMinor: 300, quantity: 1 })).toBeUndefined();
  });
});
