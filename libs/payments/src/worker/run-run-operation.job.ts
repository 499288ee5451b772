import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { HandlesJob, type JobContext, type JobHandler } from '@platform/outbox';
import { OperationRunner } from '../operations/operation-runner.service';
import { RunOperation } from '../operations/run-operation.job';

/** Carries out what is wanted of a provider. */
@Injectable()
@HandlesJob(RunOperation)
export class RunRunOperation implements JobHandler<typeof RunOperation> {
  constructor(@Inject(OperationRunner) private readonly runner: OperationRunner) {}

  async run(
    { operationId }: z.output<typeof RunOperation.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    if (storeId === null) throw new Error('an operation always belongs to a store');
    await this.runner.run(storeId, operationId);
  }
}
