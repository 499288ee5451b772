import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { HandlesJob, type JobContext, type JobHandler } from '@platform/outbox';
import { UncheckedNumbers } from '../checkouts/unchecked-numbers.service';
import { RecheckVatNumber } from '../taxes/vat-numbers/recheck-vat-number.job';
import { VatRechecks } from '../taxes/vat-numbers/vat-rechecks.service';

/** Asks a register once more. Where it says nothing again, the clock finds it later. */
@Injectable()
@HandlesJob(RecheckVatNumber)
export class RunRecheckVatNumber implements JobHandler<typeof RecheckVatNumber> {
  constructor(
    @Inject(VatRechecks) private readonly rechecks: VatRechecks,
    @Inject(UncheckedNumbers) private readonly unchecked: UncheckedNumbers,
  ) {}

  async run(of: z.output<typeof RecheckVatNumber.payload>, { storeId }: JobContext): Promise<void> {
    if (storeId === null) throw new Error('an order always belongs to a store');
    if ('orderId' in of) return this.rechecks.ask(storeId, of.orderId);
    return this.unchecked.ask(storeId, of.checkoutId);
  }
}
