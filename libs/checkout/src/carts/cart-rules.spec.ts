import * as fc from 'fast-check';
import { aLine, anOffer } from '../../test/cart.builder';
import {
  type CartLine,
  type Properties,
  cartLimits,
  lineTotal,
  linesTotal,
  unitCount,
} from './cart';
import { addLines, changeLine, gainedLines, setQuantities } from './cart-rules';
import { judge } from './judge';
import { lineKey, variantOf } from './line-key';

const properties = fc.uniqueArray(fc.tuple(fc.constantFrom('A', 'B', '_c'), fc.string()), {
  selector: ([name]) => name,
  maxLength: 3,
});
const want = fc.record({
  offer: fc.integer({ min: 1, max: 4 }).map((id) => anOffer(id)),
  quantity: fc.integer({ min: 1, max: 20 }),
  properties,
});
const cart = fc.array(want, { maxLength: 12 }).map((wants) => addLines([], wants));

const keysOf = (lines: readonly CartLine[]) => lines.map(({ key }) => key);
const judged = (lines: readonly CartLine[]) => ({ lines, attributes: {} });

/** What holds for every cart, whatever was done to it. */
function expectSound(lines: readonly CartLine[]): void {
  expect(new Set(keysOf(lines)).size).toBe(lines.length);
  for (const line of lines) {
    expect(line.key).toBe(lineKey(line.offer.publicId, line.properties));
    expect(line.quantity).toBeGreaterThan(0);
  }
  const sum = lines.reduce((total, line) => total + lineTotal(line), 0);
  expect(linesTotal(lines)).toBe(sum);
}

describe('keys of lines', () => {
  it('say the variant and 32 hex digits', () => {
    expect(lineKey(1000001, [])).toMatch(/^1000001:[0-9a-f]{32}$/);
    expect(variantOf(lineKey(1000001, []))).toBe(1000001);
  });

  it('do not depend on the order of properties, but on all else', () => {
    fc.assert(
      fc.property(properties, properties, (some, others) => {
        expect(lineKey(1, [...some].reverse())).toBe(lineKey(1, some));
        const same = (list: Properties) =>
          JSON.stringify([...list].sort(([a], [b]) => (a < b ? -1 : 1)));
        expect(lineKey(1, some) === lineKey(1, others)).toBe(same(some) === same(others));
      }),
    );
  });
});

describe('adding', () => {
  it('keeps what was there in its order, new lines before it, and loses no unit', () => {
    fc.assert(
      fc.property(cart, fc.array(want, { maxLength: 8 }), (lines, wants) => {
        const after = addLines(lines, wants);
        expectSound(after);
        expect(unitCount(after)).toBe(
          unitCount(lines) + wants.reduce((sum, { quantity }) => sum + quantity, 0),
        );
        expect(keysOf(after).slice(after.length - lines.length)).toEqual(keysOf(lines));
      }),
    );
  });
});

describe('changing', () => {
  it('touches one line only, and joins what becomes equal', () => {
    fc.assert(
      fc.property(cart, fc.nat(), fc.nat(5), fc.option(properties), (lines, at, quantity, next) => {
        fc.pre(lines.length > 0);
        const line = lines[at % lines.length] as CartLine;
        const after = changeLine(lines, line.key, { quantity, properties: next ?? undefined });
        expectSound(after);
        expect(unitCount(after)).toBe(unitCount(lines) - line.quantity + quantity);
        const key = lineKey(line.offer.publicId, next ?? line.properties);
        const others = lines.filter((one) => one.key !== line.key && one.key !== key);
        expect(after).toEqual(expect.arrayContaining(others));
      }),
    );
  });

  it('sets quantities; 0 removes, unknown keys do nothing', () => {
    fc.assert(
      fc.property(cart, fc.array(fc.nat(3), { maxLength: 12 }), (lines, numbers) => {
        const quantities = new Map<string, number>(
          numbers.map((n, at) => [lines[at]?.key ?? 'x', n]),
        );
        const after = setQuantities(lines, quantities);
        expectSound(after);
        const kept = lines.filter(({ key, quantity }) => (quantities.get(key) ?? quantity) > 0);
        expect(keysOf(after)).toEqual(keysOf(kept));
      }),
    );
  });

  it('tells what came and went', () => {
    fc.assert(
      fc.property(cart, cart, (before, after) => {
        const gained = unitCount(gainedLines(before, after));
        const lost = unitCount(gainedLines(after, before));
        expect(unitCount(before) + gained - lost).toBe(unitCount(after));
      }),
    );
  });
});

describe('judging', () => {
  const shirt = anOffer(1, { quantity: 3, productTitle: 'Shirt' });
  const engraved: Properties = [['Name', 'Ada']];

  it.each([
    ['the rest', [aLine(shirt, 1)], [aLine(shirt, 3)], null],
    ['too many', [], [aLine(shirt, 4)], { left: 3, inCart: 0 }],
    ['one more than all', [aLine(shirt, 3)], [aLine(shirt, 4)], { left: 0, inCart: 3 }],
    [
      'too many over two lines',
      [aLine(shirt, 2)],
      [aLine(shirt, 2, engraved), aLine(shirt, 2)],
      { left: 1, inCart: 2 },
    ],
    ['less than before, though short', [aLine(shirt, 9)], [aLine(shirt, 8)], null],
    ['as before, though short', [aLine(shirt, 9)], [aLine(shirt, 9, engraved)], null],
  ])('%s', (_name, before, after, short) => {
    const refusal = judge(judged(before), judged(after));
    expect(refusal).toEqual(short && { reason: 'short', title: 'Shirt', ...short });
  });

  it('never refuses to lower, and never lets more be in than there is', () => {
    fc.assert(
      fc.property(cart, cart, fc.integer({ min: -3, max: 40 }), (some, others, quantity) => {
        const limited = (lines: readonly CartLine[]) =>
          lines.map((line) => ({ ...line, offer: { ...line.offer, quantity } }));
        const before = limited(some);
        const after = limited(others);
        const units = (lines: readonly CartLine[], id: number) =>
          unitCount(lines.filter(({ offer }) => offer.publicId === id));
        const grew = [1, 2, 3, 4].some(
          (id) => units(after, id) > units(before, id) && units(after, id) > quantity,
        );
        expect(judge(judged(before), judged(after)) !== null).toBe(grew);
      }),
    );
  });

  it('limits lines, units and attributes', () => {
    const many = Array.from({ length: cartLimits.lines + 1 }, (_, id) => aLine(anOffer(id + 1), 1));
    expect(judge(judged([]), judged(many))).toMatchObject({ reason: 'too-many-lines' });
    const heavy = [aLine(anOffer(1), cartLimits.quantity + 1)];
    expect(judge(judged([]), judged(heavy))).toMatchObject({ reason: 'too-many-units' });
    const attributes = Object.fromEntries(
      Array.from({ length: cartLimits.attributes + 1 }, (_, n) => [`k${n}`, 'v']),
    );
    expect(judge(judged([]), { lines: [], attributes })).toMatchObject({
      reason: 'too-many-attributes',
    });
  });
});
