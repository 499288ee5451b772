import { z } from 'zod';
import { unknownFields } from './unknown-fields';

const line = z.object({ sku: z.string(), quantity: z.int() });
const unit = { sku: 'A', quantity: 1 };
const schema = z.object({
  title: z.string(),
  lines: z.array(line).default([]),
  first: line.nullable().optional(),
  rule: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('all') }),
    z.object({ kind: z.literal('some'), of: line }),
  ]),
  names: z.record(z.string(), line),
  anything: z.looseObject({ known: z.string().optional() }),
  both: z.intersection(z.object({ a: z.int() }), z.object({ b: z.int() })),
  cut: line.transform(({ sku }) => sku),
  read: z.preprocess((value) => value, line),
  tree: z.lazy(() => line),
});
const good = {
  title: 'Cup',
  lines: [{ sku: 'A', quantity: 1 }],
  first: null,
  rule: { kind: 'some', of: { sku: 'A', quantity: 1 } },
  names: { any: { sku: 'A', quantity: 1 } },
  anything: { more: 1 },
  both: { a: 1, b: 2 },
  cut: { sku: 'A', quantity: 1 },
  read: { sku: 'A', quantity: 1 },
  tree: { sku: 'A', quantity: 1 },
};
const paths = (value: unknown) => unknownFields(schema, value).map(({ path }) => path.join('.'));

describe('unknown fields', () => {
  it('finds none in what the schema describes', () => {
    expect(schema.safeParse(good).success).toBe(true);
    expect(paths(good)).toEqual([]);
  });

  it.each([
    ['beside the fields', { titel: 'Cup' }, 'titel'],
    ['in a list with a default', { lines: [good.lines[0], { ...unit, qty: 1 }] }, 'lines.1.qty'],
    ['in what may be absent', { first: { ...unit, qty: 1 } }, 'first.qty'],
    ['in the part that a kind has', { rule: { kind: 'all', of: unit } }, 'rule.of'],
    ['within that part', { rule: { kind: 'some', of: { ...unit, qty: 1 } } }, 'rule.of.qty'],
    ['under a name of the asker', { names: { any: { ...unit, qty: 1 } } }, 'names.any.qty'],
    ['in what is two things at once', { both: { a: 1, b: 2, c: 3 } }, 'both.c'],
    ['before it is changed', { cut: { ...unit, qty: 1 } }, 'cut.qty'],
    ['after it is read', { read: { ...unit, qty: 1 } }, 'read.qty'],
    ['in what is named late', { tree: { ...unit, qty: 1 } }, 'tree.qty'],
    ['named like what every object has', { constructor: 1 }, 'constructor'],
  ])('finds one %s', (_, change, path) => {
    expect(paths({ ...good, ...change })).toEqual([path]);
  });

  it('says what there is', () => {
    expect(unknownFields(line, { ...unit, qty: 1 })).toEqual([
      { path: ['qty'], known: ['sku', 'quantity'] },
    ]);
  });
});
