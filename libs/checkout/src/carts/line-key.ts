import { createHash } from 'node:crypto';
import type { Properties } from './cart';

/**
 * The key of a line: equal variants with equal properties share one, in whatever order the properties came.
 * @param publicId the variant's
 * @returns `<publicId>:<32 hex>`
 */
export function lineKey(publicId: number, properties: Properties): string {
  const ordered = [...properties].sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
  const digest = createHash('sha256').update(JSON.stringify(ordered)).digest('hex');
  return `${publicId}:${digest.slice(0, 32)}`;
}

/** The public id of the variant that a key names. */
export function variantOf(key: string): number {
  return Number(key.slice(0, key.indexOf(':')));
}
