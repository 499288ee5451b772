import { receiverAddress } from '@platform/fetch';
import { notificationsErrors } from '../notifications.errors';

/**
 * An address that may receive webhooks, as it is kept.
 * @param allowPrivate lets plain http and private addresses pass, for development
 * @throws notifications.webhook-address
 */
export function checkWebhookAddress(text: string, allowPrivate: boolean): string {
  const checked = receiverAddress(text, allowPrivate);
  if ('address' in checked) return checked.address;
  const words = { reason: checked.fault };
  throw notificationsErrors.error('webhook-address', words, { field: 'address' });
}
