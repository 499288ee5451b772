import * as fc from 'fast-check';
import { grainOf } from './rounding';
import { proposeRefund, type RefundWish } from './refund-proposal';

const nothing = { units: 0, amountMinor: 0, taxMinor: 0 };
/** G1 of a paid order: one line of three, one of one, shipping; tax included. */
const order: RefundWish = {
  currency: 'EUR',
  taxIncluded: true,
  lines: [
    {
      id: 'a',
      paid: { quantity: 3, amountMinor: 2_697, taxMinor: 430 },
      refunded: nothing,
      units: 1,
    },
    { id: 'b', paid: { quantity: 1, amountMinor: 410, taxMinor: 27 }, refunded: nothing, units: 0 },
  ],
  charges: [
    { id: 'post', paid: { amountMinor: 490, taxMinor: 55 }, refunded: nothing, amountMinor: 245 },
  ],
  freeMinor: 100,
  tenders: [
    { kind: 'gift_card', id: 'card', paidMinor: 3_000, refundedMinor: 0 },
    { kind: 'provider', id: 'stripe', paidMinor: 597, refundedMinor: 0 },
  ],
};

describe('a proposed refund', () => {
  it('adds units, charges and a free amount up, and spreads them over the tenders', () => {
    expect(proposeRefund(order)).toEqual({
      lines: [
        { id: 'a', units: 1, amountMinor: 899, taxMinor: 143 },
        { id: 'b', units: 0, amountMinor: 0, taxMinor: 0 },
      ],
      charges: [{ id: 'post', amountMinor: 245, taxMinor: 28 }],
      totalMinor: 1_244,
      taxMinor: 171,
      tenders: [
        { kind: 'provider', id: 'stripe', amountMinor: 597 },
        { kind: 'gift_card', id: 'card', amountMinor: 647 },
      ],
    });
  });

  it('gives tax on top back too', () => {
    expect(proposeRefund({ ...order, taxIncluded: false }).totalMinor).toBe(1_244 + 171);
  });

  it('is lowered by what was given freely before, or by a fee for the return', () => {
    expect(proposeRefund({ ...order, freeMinor: -100 }).totalMinor).toBe(1_044);
  });

  it('refuses more than was paid, of a charge and in all', () => {
    const [post] = order.charges;
    const charges = post ? [{ ...post, amountMinor: 491 }] : [];
    expect(() => proposeRefund({ ...order, charges })).toThrow('491');
    expect(() => proposeRefund({ ...order, freeMinor: 3_000 })).toThrow('3597');
  });

  it('ends exactly at what was paid, in whatever portions, in every currency', () => {
    const amounts = fc.record({
      quantity: fc.integer({ min: 1, max: 6 }),
      amount: fc.nat(50_000),
      tax: fc.nat(9_000),
      shipping: fc.nat(2_000),
      shippingTax: fc.nat(300),
    });
    const settings = fc.record({
      currency: fc.constantFrom('EUR', 'JPY', 'KWD', 'USD'),
      taxIncluded: fc.boolean(),
      cut: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(amounts, settings, (of, { currency, taxIncluded, cut }) => {
        const { quantum } = grainOf(currency);
        const paid = {
          quantity: of.quantity,
          amountMinor: of.amount * quantum,
          taxMinor: of.tax * quantum,
        };
        const shippingTax = Math.min(of.shipping, of.shippingTax) * quantum;
        const post = { amountMinor: of.shipping * quantum, taxMinor: shippingTax };
        const onTop = taxIncluded ? 0 : paid.taxMinor + post.taxMinor;
        const all = paid.amountMinor + post.amountMinor + onTop;
        const tender = { kind: 'provider', id: 'p', paidMinor: all, refundedMinor: 0 } as const;
        const done = { line: { ...nothing }, post: { ...nothing }, total: 0 };
        const first = Math.floor(of.shipping * cut) * quantum;
        const steps = [first, post.amountMinor - first, ...Array<number>(of.quantity).fill(0)];
        steps.forEach((amountMinor, step) => {
          const proposal = proposeRefund({
            currency,
            taxIncluded,
            lines: [{ id: 'a', paid, refunded: done.line, units: step < 2 ? 0 : 1 }],
            charges: [{ id: 'post', paid: post, refunded: done.post, amountMinor }],
            freeMinor: 0,
            tenders: [{ ...tender, refundedMinor: done.total }],
          });
          const [line, charge] = [proposal.lines[0], proposal.charges[0]];
          done.line.units += line?.units ?? 0;
          done.line.amountMinor += line?.amountMinor ?? 0;
          done.line.taxMinor += line?.taxMinor ?? 0;
          done.post.amountMinor += charge?.amountMinor ?? 0;
          done.post.taxMinor += charge?.taxMinor ?? 0;
          done.total += proposal.totalMinor;
        });
        expect(done.total).toBe(all);
        expect(done.line).toMatchObject({ amountMinor: paid.amountMinor, taxMinor: paid.taxMinor });
        expect(done.post).toMatchObject(post);
      }),
      { seed: 20261121, numRuns: 300 },
    );
  });
});
