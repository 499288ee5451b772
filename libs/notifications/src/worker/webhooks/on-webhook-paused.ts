import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Stores } from '@libs/stores';
import { CONFIG, type Config } from '@platform/config';
import { Db } from '@platform/database';
import { Mailer } from '@platform/mail';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { composeMail } from '../../mails/compose-mail';
import { WebhookPaused } from '../../notifications.events';
import { Webhooks } from '../../webhooks/webhooks.service';
import { StoreOwners } from '../store-owners.service';

type Payload = z.output<typeof WebhookPaused.payload>;

/** Tells the owners of a store that nothing is sent to a receiver any more. */
@Injectable()
@HandlesEvent(WebhookPaused)
export class MailWebhookPaused implements EventHandler<typeof WebhookPaused> {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Db) private readonly db: Db,
    @Inject(Stores) private readonly stores: Stores,
    @Inject(StoreOwners) private readonly owners: StoreOwners,
    @Inject(Webhooks) private readonly webhooks: Webhooks,
    @Inject(Mailer) private readonly mailer: Mailer,
  ) {}

  async handle({ subscriptionId, reason }: Payload, { storeId, jobId }: JobContext): Promise<void> {
    const { shop, webhook } = await this.db.read(storeId as string, async (store) => {
      const all = await this.webhooks.list(store);
      return {
        shop: await this.stores.get(store),
        webhook: all.find(({ id }) => id === subscriptionId),
      };
    });
    if (!webhook) return;
    for (const { email, name, locale, userId } of await this.owners.list(shop.organizationId)) {
      const mail = composeMail({
        name: reason === 'gone' ? 'webhook-gone' : 'webhook-failing',
        locale,
        link: `${this.config.api.url}/admin/stores/${shop.id}/webhooks/${subscriptionId}`,
        values: { name, store: shop.name, address: webhook.address },
      });
      const messageId = `<${jobId}.${userId}@${this.config.shop.platformZone}>`;
      await this.mailer.send({ to: email, messageId, ...mail });
    }
  }
}
