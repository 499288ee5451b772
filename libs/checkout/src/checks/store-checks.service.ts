import { Inject, Injectable } from '@nestjs/common';
import { Stock } from '@libs/catalog';
import { OrderChecks } from '@libs/orders';
import { Payments } from '@libs/payments';
import { Db, type StoreReader, type WriteOptions } from '@platform/database';
import { checkCheckouts, readOver } from './check-checkouts.queries';
import type { StoreFault } from './store-fault';

/** What a repair did. */
export interface StockRepair {
  /** Faults of the stock before it. */
  faults: StoreFault[];
  /** Levels that were changed; none in a dry run. */
  changed: number;
}

/**
 * Compares what a store keeps as sums and statuses with the rows that they follow from, in one snapshot: stock, orders,
 * payments, discounts.
 */
@Injectable()
export class StoreChecks {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Stock) private readonly stock: Stock,
    @Inject(OrderChecks) private readonly orders: OrderChecks,
    @Inject(Payments) private readonly payments: Payments,
  ) {}

  /**
   * The faults of a store at this moment. What is under way may show as one: trust what a second look finds again.
   * @param since only orders, payments and checkouts that changed after this moment; null for all
   */
  look(storeId: string, since: Date | null = null): Promise<StoreFault[]> {
    return this.db.read(storeId, (store) => this.lookIn(store, since));
  }

  /** Puts right the numbers of a store's stock that other rows tell. @param dryRun only says what it would do */
  async repairStock(
    storeId: string,
    { dryRun, actor }: { dryRun: boolean } & WriteOptions,
  ): Promise<StockRepair> {
    const faults = await this.db.read(storeId, (store) => this.stockFaults(store));
    if (dryRun || !faults.some((fault) => fault.mendable)) return { faults, changed: 0 };
    const changed = await this.db.write(
      storeId,
      (store) => this.stock.repair(store, () => this.orders.commitments(store)),
      actor === undefined ? {} : { actor },
    );
    return { faults, changed };
  }

  private async lookIn(store: StoreReader, since: Date | null): Promise<StoreFault[]> {
    const orders = await this.orders.check(store, since);
    const payments = await this.payments.checks.check(store, since);
    const discounts = await checkCheckouts(store, since);
    return [
      ...(await this.stockFaults(store)),
      ...orders.map((fault) => {
        if ('series' in fault) return toFault('orders', { ...fault, subject: fault.series });
        const subject = 'documentId' in fault ? fault.documentId : fault.orderId;
        return toFault('orders', { ...fault, subject });
      }),
      ...payments.map((fault) => toFault('payments', { ...fault, subject: fault.id })),
      ...(await this.strayHolds(store)),
      ...discounts.map((fault) => toFault('discounts', { ...fault, subject: fault.id })),
    ];
  }

  /** I6: no intent and no part of a gift card outlives its checkout. */
  private async strayHolds(store: StoreReader): Promise<StoreFault[]> {
    const held = await this.payments.checks.unfinished(store);
    const over = await readOver(
      store,
      held.map(({ checkoutId }) => checkoutId),
    );
    return held
      .filter(({ checkoutId }) => over.has(checkoutId))
      .map(({ kind, id, checkoutId, amountMinor }) => {
        const subject = `${id} ${checkoutId}`;
        return toFault('payments', {
          kind: `stray-${kind}`,
          subject,
          found: amountMinor,
          expected: 0,
        });
      });
  }

  private async stockFaults(store: StoreReader): Promise<StoreFault[]> {
    const commitments = await this.orders.commitments(store);
    const faults = await this.stock.check(store, commitments);
    return faults.map((fault) => {
      const subject = `${fault.itemId} ${fault.locationId}`;
      return { ...toFault('stock', { ...fault, subject }), mendable: this.stock.mends(fault) };
    });
  }
}

function toFault(
  area: StoreFault['area'],
  fault: { kind: string; subject: string; found: number | string; expected: number | string },
): StoreFault {
  const { kind, subject, found, expected } = fault;
  return {
    area,
    kind,
    subject,
    found: String(found),
    expected: String(expected),
    mendable: false,
  };
}
