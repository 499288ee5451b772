import { Module } from '@nestjs/common';
import { NotificationsModule } from '../notifications.module';
import { MailboxController } from './mailbox.controller';
import { WebhookDeliveriesController } from './webhook-deliveries.controller';
import { WebhookTopicsController } from './webhook-topics.controller';
import { WebhooksController } from './webhooks.controller';

/** The merchant's routes of this slice. */
@Module({
  imports: [NotificationsModule],
  controllers: [
    WebhooksController,
    WebhookDeliveriesController,
    WebhookTopicsController,
    MailboxController,
  ],
})
export class NotificationsApiModule {}
