import { createHash } from 'node:crypto';

/**
 * SHA-256 of a value as JSON, in hexadecimal. Titles are left out: a price in another language is the same price. The
 * order of keys counts, and is that of the code that built the value.
 */
export function hashOf(value: unknown): string {
  const json = JSON.stringify(value, (key, inner: unknown) =>
    key === 'title' ? undefined : inner,
  );
  return createHash('sha256').update(json).digest('hex');
}
