import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { HandlesJob, type JobContext, type JobHandler } from '@platform/outbox';
import { CheckRound } from '../checks/check-round.service';
import { CheckStore } from '../checks/check-store.job';

/** Looks at one store's numbers. */
@Injectable()
@HandlesJob(CheckStore)
export class RunCheckStore implements JobHandler<typeof CheckStore> {
  constructor(@Inject(CheckRound) private readonly round: CheckRound) {}

  async run(_: z.output<typeof CheckStore.payload>, { storeId }: JobContext): Promise<void> {
    if (storeId === null) throw new Error('a check is always of a store');
    await this.round.run(storeId);
  }
}
