import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { checkout } from '@contract/checkout';
import { shopperCheckouts } from '@libs/checkout';
import { Db } from '@platform/database';
import {
  type EventHandler,
  HandlesEvent,
  HandlesJob,
  type JobContext,
  type JobHandler,
} from '@platform/outbox';
import { TellCheckout } from '../../webhooks/tell-checkout.job';
import { WebhookRecorder } from '../../webhooks/webhook-recorder.service';
import { shaped } from './shaped';

const { CheckoutAnswers, CheckoutStarted, CheckoutUpdated, CheckoutExpired } = shopperCheckouts;
type CheckoutAnswers = InstanceType<typeof CheckoutAnswers>;

/** Shoppers change a checkout with every field that they leave: what they do within so long is told together. */
const gatherMs = 10_000;

/** checkouts/create */
@Injectable()
@HandlesEvent(CheckoutStarted)
export class TellCheckoutStarted implements EventHandler<typeof CheckoutStarted> {
  constructor(
    @Inject(WebhookRecorder) private readonly recorder: WebhookRecorder,
    @Inject(CheckoutAnswers) private readonly checkouts: CheckoutAnswers,
  ) {}

  async handle(
    { checkoutId }: z.output<typeof CheckoutStarted.payload>,
    context: JobContext,
  ): Promise<void> {
    const topic = 'checkouts/create';
    await this.recorder.react(context, [topic], async (store) => {
      const found = await this.checkouts.find(store, checkoutId);
      return found ? [{ topic, resourceId: checkoutId, payload: shaped(checkout, found) }] : [];
    });
  }
}

/** Asks for checkouts/update, once for all changes that follow each other closely. */
@Injectable()
@HandlesEvent(CheckoutUpdated)
export class GatherCheckoutUpdates implements EventHandler<typeof CheckoutUpdated> {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(WebhookRecorder) private readonly recorder: WebhookRecorder,
  ) {}

  async handle(
    { checkoutId }: z.output<typeof CheckoutUpdated.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    if (storeId === null) return;
    await this.db.write(storeId, async (store) => {
      if (!(await this.recorder.isHeard(store, ['checkouts/update']))) return;
      const runAt = new Date(Date.now() + gatherMs);
      store.enqueue(TellCheckout, { checkoutId }, { dedupeKey: checkoutId, runAt });
    });
  }
}

/** checkouts/update */
@Injectable()
@HandlesJob(TellCheckout)
export class RunTellCheckout implements JobHandler<typeof TellCheckout> {
  constructor(
    @Inject(WebhookRecorder) private readonly recorder: WebhookRecorder,
    @Inject(CheckoutAnswers) private readonly checkouts: CheckoutAnswers,
  ) {}

  async run(
    { checkoutId }: z.output<typeof TellCheckout.payload>,
    context: JobContext,
  ): Promise<void> {
    const topic = 'checkouts/update';
    await this.recorder.react(context, [topic], async (store) => {
      const found = await this.checkouts.find(store, checkoutId);
      // What has ended meanwhile is told of as deleted, and nothing after it.
      if (!found || found.state === 'expired') return [];
      return [{ topic, resourceId: checkoutId, payload: shaped(checkout, found) }];
    });
  }
}

/** checkouts/delete */
@Injectable()
@HandlesEvent(CheckoutExpired)
export class TellCheckoutExpired implements EventHandler<typeof CheckoutExpired> {
  constructor(
    @Inject(WebhookRecorder) private readonly recorder: WebhookRecorder,
    @Inject(CheckoutAnswers) private readonly checkouts: CheckoutAnswers,
  ) {}

  async handle(
    { checkoutId: id }: z.output<typeof CheckoutExpired.payload>,
    context: JobContext,
  ): Promise<void> {
    const topic = 'checkouts/delete';
    await this.recorder.react(context, [topic], async (store) => {
      const found = await this.checkouts.find(store, id);
      return found ? [{ topic, resourceId: id, payload: { id } }] : [];
    });
  }
}
