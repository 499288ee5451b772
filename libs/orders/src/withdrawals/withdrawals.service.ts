import { Inject, Injectable } from '@nestjs/common';
import { Markets, Stock } from '@libs/catalog';
import { Payments, StoredValue } from '@libs/payments';
import { Stores } from '@libs/stores';
import type { StoreReader, StoreWriter } from '@platform/database';
import type { UnitsOfLine } from '../stock/take-units.queries';
import { answerWithdrawal, leaveToStaff } from './answer-withdrawal';
import { completeWithdrawal, rejectWithdrawal } from './close-withdrawal';
import { matchWithdrawal } from './match-withdrawal';
import { receiveWithdrawal, type Statement } from './receive-withdrawal';
import {
  listWithdrawals,
  readWithdrawal,
  type WithdrawalFilter,
  type WithdrawalView,
} from './withdrawal-rows.queries';

/** Statements of withdrawal (Directive 2011/83/EU, Article 11a): what consumers declared, never changed, and its answer. */
@Injectable()
export class Withdrawals {
  constructor(
    @Inject(Payments) private readonly payments: Payments,
    @Inject(Stock) private readonly stock: Stock,
    @Inject(StoredValue) private readonly value: StoredValue,
    @Inject(Markets) private readonly markets: Markets,
    @Inject(Stores) private readonly stores: Stores,
  ) {}

  /** Takes a statement in; the same key takes it in once. Throws as `receiveWithdrawal` does. */
  async receive(store: StoreWriter, statement: Statement): Promise<WithdrawalView> {
    return receiveWithdrawal(store, await this.stores.get(store), statement);
  }

  /** @throws orders.withdrawal-not-found */
  get(store: StoreReader, id: string): Promise<WithdrawalView> {
    return readWithdrawal(store, id);
  }

  /** The newest first. @param page `before` is the id of the last one of the page before */
  list(
    store: StoreReader,
    filter: WithdrawalFilter,
    page: { limit: number; before: string | null },
  ): Promise<WithdrawalView[]> {
    return listWithdrawals(store, filter, page);
  }

  /** Finds the order of a statement. @throws orders.withdrawal-not-found, orders.order-not-found */
  async match(store: StoreWriter, id: string, orderId?: string): Promise<WithdrawalView> {
    const { timeZone } = await this.stores.get(store);
    return matchWithdrawal(store, id, { timeZone, orderId });
  }

  /** Does what a matched statement asks for. Throws as `answerWithdrawal` does. */
  answer(store: StoreWriter, id: string, chosen?: readonly UnitsOfLine[]): Promise<void> {
    const { payments, stock, value, markets } = this;
    return answerWithdrawal({ store, payments, stock, value, markets }, id, chosen);
  }

  /** Leaves the answer to staff, and holds what has not left. @throws orders.withdrawal-not-found */
  leaveToStaff(store: StoreWriter, id: string): Promise<void> {
    return leaveToStaff(store, id);
  }

  /** @throws orders.withdrawal-not-found, orders.withdrawal-state */
  reject(store: StoreWriter, id: string, reason: string): Promise<void> {
    return rejectWithdrawal(store, id, reason);
  }

  /** @throws orders.withdrawal-not-found, orders.withdrawal-state */
  complete(store: StoreWriter, id: string): Promise<void> {
    return completeWithdrawal(store, id);
  }

  /** Notes the mail that confirmed the statement, the first one for good. */
  async noteReceipt(store: StoreWriter, id: string, messageId: string): Promise<void> {
    await store.execute(
      `UPDATE withdrawals SET receipt_message_id = $3, receipt_sent_at = clock_timestamp()
       WHERE store_id = $1 AND withdrawal_id = $2 AND receipt_sent_at IS NULL`,
      [store.storeId, id, messageId],
    );
  }
}
