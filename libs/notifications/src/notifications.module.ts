import { Module } from '@nestjs/common';
import { CheckoutModule } from '@libs/checkout';
import { CustomersModule } from '@libs/customers';
import { AbandonedCarts } from './abandoned-carts/abandoned-carts.service';
import { MailRecords } from './abandoned-carts/mail-records.service';
import { MarketingConsent } from './abandoned-carts/marketing-consent.service';
import { MailTemplates } from './mails/mail-templates.service';
import { DeliveryQueue } from './webhooks/delivery-queue.service';
import { WebhookLog } from './webhooks/webhook-log.service';
import { WebhookRecorder } from './webhooks/webhook-recorder.service';
import { WebhookSender } from './webhooks/webhook-sender.service';
import { Webhooks } from './webhooks/webhooks.service';

const services = [
  Webhooks,
  WebhookRecorder,
  DeliveryQueue,
  WebhookSender,
  WebhookLog,
  MailTemplates,
  MarketingConsent,
  AbandonedCarts,
  MailRecords,
];

/** What goes out of a store by itself. */
@Module({ imports: [CheckoutModule, CustomersModule], providers: services, exports: services })
export class NotificationsModule {}
