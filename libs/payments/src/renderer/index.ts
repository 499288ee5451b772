export { PaymentsRendererModule } from './payments-renderer.module';
export { PaymentWebhooks, type WebhookAnswer } from '../webhooks/webhooks.service';
