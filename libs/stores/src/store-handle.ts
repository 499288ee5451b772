import slugify from '@sindresorhus/slugify';
import { storesErrors } from './stores.errors';

/** Names under the platform's zone that are not for stores. */
const reserved = new Set([
  'www',
  'api',
  'admin',
  'app',
  'edge',
  'mail',
  'smtp',
  'cdn',
  'assets',
  'static',
  'preview',
  'status',
  'help',
  'support',
  'docs',
  'blog',
  'shop',
  'store',
  'stores',
  'checkout',
  'account',
  'accounts',
  'auth',
  'login',
  'localhost',
  'caravel',
  'internal',
  'test',
  'ns1',
  'ns2',
]);

/**
 * Checks a handle that somebody chose.
 * @returns the handle in lower case
 * @throws stores.bad-handle, stores.handle-reserved
 */
export function checkHandle(text: string): string {
  const handle = text.trim().toLowerCase();
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(handle) || handle.startsWith('xn--')) {
    throw storesErrors.error('bad-handle', {}, { field: 'store.handle' });
  }
  if (reserved.has(handle)) {
    throw storesErrors.error('handle-reserved', { handle }, { field: 'store.handle' });
  }
  return handle;
}

/**
 * Handles to try for a store's name, the plainest first.
 * @param suffix random text that makes the last ones free for certain
 */
export function proposeHandles(name: string, suffix: string): string[] {
  const base = slugify(name)
    .slice(0, 50)
    .replace(/^-+|-+$/g, '');
  const good = base !== '' && !reserved.has(base) && !base.startsWith('xn--');
  return good ? [base, `${base}-2`, `${base}-${suffix}`] : [`store-${suffix}`];
}
