import { defineErrors } from '@libs/kernel';

export const notificationsErrors = defineErrors('notifications', {
  'mail-kind-not-found': { kind: 'missing', text: 'There is no such mail.' },
  'mail-template': { kind: 'invalid', text: 'The {part} of the mail, line {line}: {reason}.' },
  'webhook-not-found': { kind: 'missing', text: 'There is no such webhook.' },
  'delivery-not-found': { kind: 'missing', text: 'There is no such delivery.' },
  'webhook-address': { kind: 'invalid', text: 'The address cannot receive webhooks: {reason}.' },
  'webhook-paused': { kind: 'conflict', text: 'The webhook is paused; make it active first.' },
  'too-many-webhooks': { kind: 'conflict', text: 'A store has at most {limit} webhooks.' },
});
