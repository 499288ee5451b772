import { Module } from '@nestjs/common';
import { IdentityModule } from '@libs/identity';
import { StoresModule } from '@libs/stores';
import { NotificationsModule } from '../notifications.module';
import { MailTemplatesController } from './mail-templates.controller';
import { AbandonedCartMailController } from './abandoned-cart-mail.controller';
import { UnsubscribeController } from './unsubscribe.controller';
import { MailboxController } from './mailbox.controller';
import { WebhookDeliveriesController } from './webhook-deliveries.controller';
import { WebhookTopicsController } from './webhook-topics.controller';
import { WebhooksController } from './webhooks.controller';

/** The merchant's routes of this slice. */
@Module({
  imports: [IdentityModule, StoresModule, NotificationsModule],
  controllers: [
    WebhooksController,
    WebhookDeliveriesController,
    WebhookTopicsController,
    MailboxController,
    AbandonedCartMailController,
    UnsubscribeController,
    MailTemplatesController,
  ],
})
export class NotificationsApiModule {}
