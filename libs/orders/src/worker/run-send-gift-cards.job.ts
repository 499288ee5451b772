import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Db } from '@platform/database';
import { HandlesJob, type JobContext, type JobHandler } from '@platform/outbox';
import { SendGiftCards } from '../gift-cards/send-gift-cards.job';
import { sendDueCards } from '../gift-cards/send-cards';

/** Has the gift cards of one line mailed, if their day is there still. */
@Injectable()
@HandlesJob(SendGiftCards)
export class RunSendGiftCards implements JobHandler<typeof SendGiftCards> {
  constructor(@Inject(Db) private readonly db: Db) {}

  async run(place: z.output<typeof SendGiftCards.payload>, { storeId }: JobContext): Promise<void> {
    if (storeId !== null) await this.db.write(storeId, (store) => sendDueCards(store, place));
  }
}
