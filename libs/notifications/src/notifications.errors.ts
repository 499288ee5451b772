import { defineErrors } from '@libs/kernel';

export const notificationsErrors = defineErrors('notifications', {
  'webhook-not-found': { kind: 'missing', text: 'There is no such webhook.' },
  'delivery-not-found': { kind: 'missing', text: 'There is no such delivery.' },
  'webhook-address': { kind: 'invalid', text: 'The address cannot receive webhooks: {reason}.' },
  'webhook-paused': { kind: 'conflict', text: 'The webhook is paused; make it active first.' },
  'too-many-webhooks': { kind: 'conflict', text: 'A store has at most {limit} webhooks.' },
});
