import { createHash } from 'node:crypto';

/** SHA-256 of a value as JSON, in hexadecimal. The order of keys counts, and is that of the code that built the value. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
