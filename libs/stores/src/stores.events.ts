import { z } from 'zod';
import { defineEvent, tag } from '@platform/outbox';

/** A store came to be; slices above give it what a new store has, such as menus. */
export const StoreCreated = defineEvent('stores.store-created', {
  version: 1,
  payload: z.object({ storeId: z.uuid(), locale: z.string() }),
  makesStale: ({ storeId }) => [tag('store', storeId)],
});

/** A store's settings changed: every page of it may look different. */
export const StoreChanged = defineEvent('stores.store-changed', {
  version: 1,
  payload: z.object({ storeId: z.uuid() }),
  makesStale: ({ storeId }) => [tag('store', storeId)],
});

/** Somebody was invited; the mail's token is made when the mail is sent and is stored nowhere else. */
export const MemberInvited = defineEvent('stores.member-invited', {
  version: 1,
  payload: z.object({ organizationId: z.uuid(), invitationId: z.uuid() }),
});
