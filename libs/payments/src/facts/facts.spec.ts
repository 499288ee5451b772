import * as fc from 'fast-check';
import { type Fact, type FactKind, rankOf, ranks } from './fact';
import { factKey, type FactTable, mergeFacts } from './merge-facts';
import { type Asked, derivePayment } from './payment-state';

const asked: Asked = {
  money: { amountMinor: 1000, currency: 'EUR' },
  capture: 'later',
  unwanted: false,
  taken: false,
};
const runs = 2000;

const empty: FactTable = new Map();

function fact(kind: FactKind, status: string, more: Partial<Fact> = {}): Fact {
  return {
    kind,
    status,
    objectId: `${kind}-1`,
    money: { amountMinor: 1000, currency: 'EUR' },
    at: '2026-11-21T12:00:00Z',
    ...more,
  } as Fact;
}

/** Facts of few objects, so that sequences repeat, contradict and overtake each other. */
const anyFact: fc.Arbitrary<Fact> = fc
  .constantFrom<FactKind>('auth', 'capture', 'refund', 'dispute')
  .chain((kind) =>
    fc.record(
      {
        kind: fc.constant(kind),
        objectId: fc.constantFrom('a', 'b', 'c'),
        parentId: fc.constantFrom('a', 'b'),
        status: fc.constantFrom(...Object.keys(ranks[kind])),
        money: fc.record({
          amountMinor: fc.constantFrom(1, 400, 600, 1000, 1001),
          currency: fc.constantFrom('EUR', 'EUR', 'USD'),
        }),
        at: fc.constantFrom(
          '2026-11-21T12:00:00Z',
          '2026-11-21T12:00:00.000Z',
          '2026-11-20T00:00:00Z',
        ),
        reason: fc.constantFrom('insufficient_funds', 'fraud'),
        operationKey: fc.constantFrom('one', 'two'),
      },
      { requiredKeys: ['kind', 'objectId', 'status', 'money', 'at'] },
    ),
  ) as fc.Arbitrary<Fact>;

function tell(facts: readonly Fact[], oneByOne = true): FactTable {
  if (!oneByOne) return mergeFacts(empty, facts).facts;
  return facts.reduce<FactTable>((known, next) => mergeFacts(known, [next]).facts, empty);
}

function asText(facts: FactTable): string {
  const rows = [...facts].sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(
    rows.map(([, row]) => [
      row.kind,
      row.objectId,
      row.status,
      row.money.amountMinor,
      row.money.currency,
      Date.parse(row.at),
      row.reason,
      row.parentId,
      row.operationKey,
    ]),
  );
}

describe('facts', () => {
  it('end in the same state in any order, doubled or not, one by one or at once', () => {
    const sequence = fc
      .array(anyFact, { minLength: 1, maxLength: 14 })
      .chain((facts) =>
        fc.tuple(
          fc.constant(facts),
          fc.shuffledSubarray(facts, { minLength: facts.length }),
          fc.array(fc.constantFrom(...facts), { maxLength: 6 }),
          fc.boolean(),
        ),
      );
    fc.assert(
      fc.property(sequence, ([facts, shuffled, again, oneByOne]) => {
        const straight = tell(facts);
        const crooked = tell([...shuffled, ...again], oneByOne);
        expect(asText(crooked)).toBe(asText(straight));
        expect(derivePayment(asked, crooked.values())).toEqual(
          derivePayment(asked, straight.values()),
        );
      }),
      { numRuns: runs, seed: 21 },
    );
  });

  it('never step back', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 14 }), (facts) => {
        let known = empty;
        for (const next of facts) {
          const before = known.get(factKey(next));
          known = mergeFacts(known, [next]).facts;
          const after = known.get(factKey(next));
          expect(rankOf(after!)).toBeGreaterThanOrEqual(
            Math.max(rankOf(next), before ? rankOf(before) : 0),
          );
        }
      }),
      { numRuns: runs, seed: 22 },
    );
  });

  it('say what is new, and nothing when told again', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 14 }), (facts) => {
        const { facts: known, changed } = mergeFacts(empty, facts);
        expect(new Map(changed.map((row) => [factKey(row), row]))).toEqual(known);
        expect(mergeFacts(known, facts).changed).toEqual([]);
      }),
      { numRuns: 500, seed: 23 },
    );
  });

  it('keep a success when a failure of the same object comes late', () => {
    const told = [fact('capture', 'succeeded'), fact('capture', 'failed')];
    expect(tell(told).get('capture capture-1')?.status).toBe('succeeded');
  });

  it('count a refund that bounced as not refunded', () => {
    const told = [
      fact('capture', 'succeeded'),
      fact('refund', 'succeeded'),
      fact('refund', 'failed'),
    ];
    expect(derivePayment(asked, tell(told).values()).refundedMinor).toBe(0);
  });
});

describe('a payment', () => {
  const derive = (facts: Fact[], more: Partial<Asked> = {}) =>
    derivePayment({ ...asked, ...more }, tell(facts).values());

  it.each<[string, Fact[]]>([
    ['created', []],
    ['action_required', [fact('auth', 'action_required')]],
    ['processing', [fact('capture', 'pending')]],
    ['authorized', [fact('auth', 'action_required'), fact('auth', 'authorized')]],
    [
      'captured',
      [fact('auth', 'authorized'), fact('capture', 'succeeded', { parentId: 'auth-1' })],
    ],
    ['failed', [fact('auth', 'failed', { reason: 'insufficient_funds' })]],
    ['canceled', [fact('auth', 'authorized'), fact('auth', 'voided')]],
    ['expired', [fact('auth', 'authorized'), fact('auth', 'expired')]],
    // A second try of the shopper is under way.
    [
      'action_required',
      [fact('auth', 'failed'), fact('auth', 'action_required', { objectId: '2' })],
    ],
  ])('is %s', (state, facts) => expect(derive(facts).state).toBe(state));

  it('knows sums after a part was captured and the rest voided, whenever the capture is told', () => {
    const part = fact('capture', 'succeeded', {
      parentId: 'auth-1',
      money: { amountMinor: 400, currency: 'EUR' },
    });
    const authorized = fact('auth', 'authorized');
    expect(derive([authorized, part])).toMatchObject({ authorizedMinor: 600, capturedMinor: 400 });
    const end = { state: 'part_captured', authorizedMinor: 0, capturedMinor: 400, mismatch: false };
    expect(derive([authorized, part, fact('auth', 'voided')])).toMatchObject(end);
    expect(derive([authorized, fact('auth', 'voided'), part])).toMatchObject(end);
  });

  it.each([
    ['one minor unit short', { amountMinor: 999, currency: 'EUR' }],
    ['one over', { amountMinor: 1001, currency: 'EUR' }],
    ['another currency', { amountMinor: 1000, currency: 'USD' }],
  ])('does not take %s for what was asked', (_, money) => {
    expect(derive([fact('capture', 'succeeded', { money })], { capture: 'now' }).mismatch).toBe(
      true,
    );
    expect(derive([fact('auth', 'authorized', { money })]).mismatch).toBe(true);
    expect(derive([fact('auth', 'authorized', { money })], { taken: true }).mismatch).toBe(false);
  });

  it('does not count another currency', () => {
    const dollars = { money: { amountMinor: 1000, currency: 'USD' } };
    const derived = derive([fact('capture', 'succeeded', dollars)], { capture: 'now' });
    expect(derived).toMatchObject({ state: 'created', capturedMinor: 0, mismatch: true });
  });

  it('is surplus while unwanted money is there', () => {
    const captured = fact('capture', 'succeeded');
    expect(derive([captured], { unwanted: true }).state).toBe('surplus');
    expect(derive([captured, fact('refund', 'succeeded')], { unwanted: true }).state).toBe(
      'captured',
    );
  });

  it('tells the last failure of several', () => {
    const early = fact('auth', 'failed', { reason: 'fraud', at: '2026-11-21T11:00:00Z' });
    const late = fact('auth', 'failed', { reason: 'insufficient_funds', objectId: '2' });
    expect(derive([late, early]).failure).toBe('insufficient_funds');
  });
});
