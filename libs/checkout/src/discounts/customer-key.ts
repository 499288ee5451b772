import { createHash } from 'node:crypto';

/**
 * By whom a use is counted: a hash that only this store's uses can be compared by, the same however the address was
 * written.
 * @param contact an e-mail address or a telephone number
 */
export function customerKey(storeId: string, contact: string): string {
  const normal = contact.trim().normalize('NFKC').toLowerCase();
  return createHash('sha256').update(`${storeId} ${normal}`).digest('hex');
}
