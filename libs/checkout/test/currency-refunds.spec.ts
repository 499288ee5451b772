import * as fc from 'fast-check';
import { currencyQuantum, refundOrder } from '@libs/kernel';
import type { OrderChargeRow, OrderLineRow } from '../../orders/src/orders/order-rows.queries';
import { exchangeAmounts } from '../../orders/src/refunds/refund-exchange';
import { planRefund, type RefundWish } from '../../orders/src/refunds/plan-refund';
import { quote, type Quote } from '../src/quote';
import { someInput } from './some-quote.builder';

const sum = (amounts: readonly number[]) => amounts.reduce((all, amount) => all + amount, 0);

/** An order of a quote as refunds see it, with what was refunded of it. */
class Sold {
  readonly lines: OrderLineRow[];
  readonly charges: OrderChargeRow[];
  refundedMinor = 0;

  constructor(
    readonly quoted: Quote,
    readonly currency: string,
  ) {
    const nothing = { shipped: 0, removed: 0, restocked: 0, refundedUnshipped: 0 };
    const refunded = { refundedUnits: 0, refundedMinor: 0, refundedTaxMinor: 0 };
    this.lines = quoted.lines
      .filter(({ quantity }) => quantity > 0)
      .map((row) => ({ ...row, ...nothing, ...refunded }) as unknown as OrderLineRow);
    this.charges = [...quoted.shipping, ...quoted.fees].map(
      (row) => ({ ...row, ...refunded }) as unknown as OrderChargeRow,
    );
  }

  refund(wish: Pick<RefundWish, 'lines' | 'charges'>): number {
    const { totals } = this.quoted;
    const paid = { kind: 'provider' as const, id: 'p', paidMinor: totals.totalMinor };
    const plan = planRefund(
      {
        order: {
          currency: this.currency,
          taxIncluded: totals.taxIncluded,
          customerId: null,
          name: '#1',
          test: false,
        },
        lines: this.lines,
        charges: this.charges,
        tenders: [{ ...paid, refundedMinor: this.refundedMinor }],
        tenderOrder: refundOrder,
      },
      { ...wish, freeMinor: 0 },
    );
    for (const { id, units, amountMinor, taxMinor } of plan.proposal.lines) {
      const line = this.lines.find((row) => row.id === id)!;
      line.refundedUnits += units;
      line.refundedUnshipped += units;
      line.refundedMinor += amountMinor;
      line.refundedTaxMinor += taxMinor;
    }
    for (const { id, amountMinor, taxMinor } of plan.proposal.charges) {
      const charge = this.charges.find((row) => row.id === id)!;
      charge.refundedMinor += amountMinor;
      charge.refundedTaxMinor += taxMinor;
    }
    this.refundedMinor += plan.proposal.totalMinor;
    return plan.proposal.totalMinor;
  }
}

describe('an order in any currency, refunded unit by unit', () => {
  it('gives back what was paid, and is booked out as what it was booked in for, whatever the rates of the days', () => {
    const days = fc.array(fc.integer({ min: 50_000_000, max: 2_000_000_000_000 }), {
      minLength: 1,
      maxLength: 5,
    });
    const seen = new Set<string>();
    fc.assert(
      fc.property(someInput(), days, fc.nat(), (input, rates, first) => {
        const quoted = quote(input);
        if (!input.exchange || quoted.totals.totalMinor === 0) return;
        const { currency, exchange } = input;
        const { base, rate1e10 } = exchange;
        const ordered = { base, currency, rate1e10 };
        const sold = new Sold(quoted, currency);
        const rows = [...quoted.lines, ...quoted.shipping, ...quoted.fees];
        expect(sum(rows.map(({ baseMinor }) => baseMinor))).toBe(
          quoted.base.totalMinor - (quoted.totals.taxIncluded ? 0 : quoted.base.taxMinor),
        );
        const units = sold.lines.flatMap(({ id, quantity }) =>
          Array.from({ length: quantity }, () => id),
        );
        const before = { amountMinor: 0, bookedMinor: 0 };
        const book = (amountMinor: number, turn: number) => {
          const day = { ...ordered, rate1e10: rates[turn % rates.length] ?? rate1e10 };
          const refund = { amountMinor, movedMinor: amountMinor, before };
          const same = exchangeAmounts(refund, { ordered, day: ordered });
          const amounts = exchangeAmounts(refund, { ordered, day });
          expect(amounts.bookedMinor - amounts.costsMinor).toBe(amounts.resultMinor);
          // At the same rate nothing is gained or lost but what rounding moves between refunds.
          expect(Math.abs(same.resultMinor)).toBeLessThanOrEqual(currencyQuantum(base));
          before.amountMinor += amountMinor;
          before.bookedMinor += amounts.bookedMinor;
        };
        units.forEach((_, turn) => {
          const lineId = units[(turn + first) % units.length]!;
          const amount = sold.refund({
            lines: [{ lineId, quantity: 1, restock: 'cancel' }],
            charges: [],
          });
          expect(amount % currencyQuantum(currency)).toBe(0);
          book(amount, turn);
        });
        const charges = sold.charges.map(({ id, totalMinor, taxMinor }) => ({
          chargeId: id,
          amountMinor: totalMinor,
          taxMinor,
        }));
        book(sold.refund({ lines: [], charges }), units.length);
        expect(before.amountMinor).toBe(quoted.totals.totalMinor);
        expect(before.bookedMinor).toBe(quoted.base.totalMinor);
        seen.add(currency);
      }),
      { seed: 20261122, numRuns: 200 },
    );
    expect(seen).toEqual(new Set(['EUR', 'JPY', 'KWD', 'USD']));
  });
});
