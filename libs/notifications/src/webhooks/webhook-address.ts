import { isIP } from 'node:net';
import { isPublicAddress } from '@platform/fetch';
import { notificationsErrors } from '../notifications.errors';

/**
 * An address that may receive webhooks, as it is kept. Where its name leads is looked at again at each connection.
 * @param allowPrivate lets plain http and private addresses pass, for development
 * @throws notifications.webhook-address
 */
export function checkWebhookAddress(text: string, allowPrivate: boolean): string {
  const bad = (reason: string) =>
    notificationsErrors.error('webhook-address', { reason }, { field: 'address' });
  if (!URL.canParse(text)) throw bad('it is not a web address');
  const url = new URL(text);
  const protocols = allowPrivate ? ['https:', 'http:'] : ['https:'];
  if (!protocols.includes(url.protocol)) throw bad('it must begin with https://');
  if (url.username || url.password) throw bad('it carries a user name or password');
  if (url.hash) throw bad('it has a part after #, which is never sent');
  if (allowPrivate) return url.href;
  if (url.port) throw bad('only the usual port of https is reached');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const inside = isIP(host) ? !isPublicAddress(host) : /(^|\.)localhost$/i.test(host);
  if (inside) throw bad('it is not on the public internet');
  return url.href;
}
