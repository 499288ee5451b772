import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { dispute } from '@contract/payments';
import { paymentAlarms, Payments } from '@libs/payments';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { WebhookRecorder } from '../../webhooks/webhook-recorder.service';
import { shaped } from './shaped';

const { DisputeChanged } = paymentAlarms;

/** disputes/create, disputes/update */
@Injectable()
@HandlesEvent(DisputeChanged)
export class TellDisputeChanged implements EventHandler<typeof DisputeChanged> {
  constructor(
    @Inject(WebhookRecorder) private readonly recorder: WebhookRecorder,
    @Inject(Payments) private readonly payments: Payments,
  ) {}

  async handle(
    { opened, ...named }: z.output<typeof DisputeChanged.payload>,
    context: JobContext,
  ): Promise<void> {
    const topic = opened ? 'disputes/create' : 'disputes/update';
    await this.recorder.react(context, [topic], async (store) => {
      const found = await this.payments.dispute(store, named);
      return found === null
        ? []
        : [{ topic, resourceId: found.id, payload: shaped(dispute, found) }];
    });
  }
}
