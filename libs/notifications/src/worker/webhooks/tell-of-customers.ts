import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { customer } from '@contract/customers';
import { CustomerChanged, CustomerErased, Customers } from '@libs/customers';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { WebhookRecorder } from '../../webhooks/webhook-recorder.service';
import { shaped } from './shaped';

/** customers/create, customers/update */
@Injectable()
@HandlesEvent(CustomerChanged)
export class TellCustomerChanged implements EventHandler<typeof CustomerChanged> {
  constructor(
    @Inject(WebhookRecorder) private readonly recorder: WebhookRecorder,
    @Inject(Customers) private readonly customers: Customers,
  ) {}

  async handle(
    { customerId, created }: z.output<typeof CustomerChanged.payload>,
    context: JobContext,
  ): Promise<void> {
    const topic = created ? 'customers/create' : 'customers/update';
    await this.recorder.react(context, [topic], async (store) => {
      const found = await this.customers.find(store, customerId);
      if (!found || found.state === 'erased') return [];
      return [{ topic, resourceId: customerId, payload: shaped(customer, found) }];
    });
  }
}

/** customers/delete */
@Injectable()
@HandlesEvent(CustomerErased)
export class TellCustomerErased implements EventHandler<typeof CustomerErased> {
  constructor(@Inject(WebhookRecorder) private readonly recorder: WebhookRecorder) {}

  async handle(
    { customerId: id }: z.output<typeof CustomerErased.payload>,
    context: JobContext,
  ): Promise<void> {
    const topic = 'customers/delete';
    await this.recorder.react(context, [topic], () =>
      Promise.resolve([{ topic, resourceId: id, payload: { id } }]),
    );
  }
}
