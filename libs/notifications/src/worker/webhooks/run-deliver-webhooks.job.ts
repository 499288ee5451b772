import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { HandlesJob, type JobContext, type JobHandler } from '@platform/outbox';
import { DeliverWebhooks } from '../../webhooks/deliver-webhooks.job';
import { DeliveryQueue } from '../../webhooks/delivery-queue.service';
import { WebhookSender } from '../../webhooks/webhook-sender.service';

/** After so long another receiver has its turn, in milliseconds; what is left is asked for again. */
const turnMs = 15_000;

/**
 * Sends what is due to one receiver, a few at a time. Killed anywhere, it leaves deliveries that somebody holds; they
 * are sent again when the hold ends, with the same event id.
 */
@Injectable()
@HandlesJob(DeliverWebhooks)
export class RunDeliverWebhooks implements JobHandler<typeof DeliverWebhooks> {
  constructor(
    @Inject(DeliveryQueue) private readonly queue: DeliveryQueue,
    @Inject(WebhookSender) private readonly sender: WebhookSender,
  ) {}

  async run(
    { subscriptionId }: z.output<typeof DeliverWebhooks.payload>,
    { storeId, signal }: JobContext,
  ): Promise<void> {
    if (storeId === null) throw new Error('a webhook always belongs to a store');
    const until = performance.now() + turnMs;
    while (performance.now() < until && !signal.aborted) {
      const claimed = await this.queue.claim(storeId, subscriptionId);
      if (claimed.length === 0) break;
      await Promise.all(
        claimed.map(async (delivery) => {
          const result = await this.sender.send(storeId, delivery, signal);
          await this.queue.settle(storeId, delivery, result);
        }),
      );
    }
    await this.queue.scheduleNext(storeId, subscriptionId);
  }
}
