import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { HandlesJob, type JobContext, type JobHandler } from '@platform/outbox';
import { AdvanceHostname } from '../advance-hostname.job';
import { HostnameMachine } from '../machine/hostname-machine.service';

/** Looks at one hostname and moves it on. */
@Injectable()
@HandlesJob(AdvanceHostname)
export class RunAdvanceHostname implements JobHandler<typeof AdvanceHostname> {
  constructor(@Inject(HostnameMachine) private readonly machine: HostnameMachine) {}

  async run(
    { hostnameId }: z.output<typeof AdvanceHostname.payload>,
    { storeId, signal }: JobContext,
  ): Promise<void> {
    if (storeId === null) throw new Error('a hostname always belongs to a store');
    await this.machine.advance(storeId, hostnameId, signal);
  }
}
