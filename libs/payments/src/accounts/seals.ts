import type { SealContext } from '@platform/secrets';

/** Under which an account's key is sealed: it opens for this store, account and field alone. */
export function accountKeySeal(storeId: string, accountId: string, field: string): SealContext {
  return { purpose: 'pay', table: 'payment_accounts', rowId: `${accountId} ${field}`, storeId };
}
