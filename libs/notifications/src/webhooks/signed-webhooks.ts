import type { SignedFor } from '@platform/secrets';

/** Where webhooks keep the secrets that they are signed with. */
export const signedWebhooks: SignedFor = {
  table: 'webhook_subscriptions',
  key: 'subscription_id',
  purpose: 'webhook',
  prefix: 'whsec',
};
