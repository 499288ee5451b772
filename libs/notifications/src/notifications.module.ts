import { Module } from '@nestjs/common';
import { MailTemplates } from './mails/mail-templates.service';
import { DeliveryQueue } from './webhooks/delivery-queue.service';
import { WebhookLog } from './webhooks/webhook-log.service';
import { WebhookRecorder } from './webhooks/webhook-recorder.service';
import { WebhookSecrets } from './webhooks/webhook-secrets.service';
import { WebhookSender } from './webhooks/webhook-sender.service';
import { Webhooks } from './webhooks/webhooks.service';

const services = [
  Webhooks,
  WebhookSecrets,
  WebhookRecorder,
  DeliveryQueue,
  WebhookSender,
  WebhookLog,
  MailTemplates,
];

/** What goes out of a store by itself. */
@Module({ providers: services, exports: services })
export class NotificationsModule {}
