import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { AppError } from '@libs/kernel';
import { Db } from '@platform/database';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { WithdrawalReceived } from '../orders.events';
import { Withdrawals } from '../withdrawals/withdrawals.service';

/** Finds the order of a statement of withdrawal and does what it asks for; what cannot be done is left to staff. */
@Injectable()
@HandlesEvent(WithdrawalReceived)
export class AnswerWithdrawal implements EventHandler<typeof WithdrawalReceived> {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Withdrawals) private readonly withdrawals: Withdrawals,
  ) {}

  async handle(
    { withdrawalId }: z.output<typeof WithdrawalReceived.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    if (storeId === null) return;
    const { withdrawals } = this;
    const { status } = await this.db.write(storeId, (store) =>
      withdrawals.match(store, withdrawalId),
    );
    if (status !== 'matched') return;
    try {
      await this.db.write(storeId, (store) => withdrawals.answer(store, withdrawalId));
    } catch (error) {
      // What a rule refuses it would refuse again; anything else is tried again.
      if (!(error instanceof AppError) || !['conflict', 'invalid'].includes(error.kind))
        throw error;
      await this.db.write(storeId, (store) => withdrawals.leaveToStaff(store, withdrawalId));
    }
  }
}
