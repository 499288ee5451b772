import { defineErrors } from './errors';
import { isId } from './ids';

/** One page of a list; `nextCursor` is null on the last. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

const pagingErrors = defineErrors('paging', {
  'bad-cursor': {
    kind: 'malformed',
    text: 'The cursor is not one that this API gave out; start again without it.',
  },
});

/**
 * Packs the sort key of the last row into opaque text for the next request.
 * @param parts the values of the sort columns, JSON scalars only
 */
export function encodeCursor(parts: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/**
 * Unpacks what `encodeCursor` packed.
 * @param length how many parts the list's order has
 * @throws paging.bad-cursor when the text is not a cursor of this list
 */
export function decodeCursor(cursor: string, length: number): (string | number | null)[] {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch (cause) {
    throw pagingErrors.error('bad-cursor', {}, { cause, field: 'cursor' });
  }
  const good =
    Array.isArray(parts) &&
    parts.length === length &&
    parts.every((part) => part === null || typeof part === 'string' || typeof part === 'number');
  if (!good) throw pagingErrors.error('bad-cursor', {}, { field: 'cursor' });
  return parts as (string | number | null)[];
}

/**
 * Cuts a page out of rows that were read one longer than asked, which tells whether there is a next page.
 * @param rows at most `limit + 1` rows in list order
 * @param key the sort columns' values of a row
 */
export function toPage<T>(
  rows: T[],
  limit: number,
  key: (row: T) => readonly (string | number | null)[],
): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor(key(last)) : null };
}

/**
 * Unpacks a cursor of ids; no ids without a cursor.
 * @throws paging.bad-cursor when the text is not a cursor of so many ids
 */
export function decodeIds(cursor: string | undefined, length: number): string[] {
  if (cursor === undefined) return [];
  const parts = decodeCursor(cursor, length);
  const ids = parts.filter((part): part is string => typeof part === 'string' && isId(part));
  if (ids.length !== length) throw pagingErrors.error('bad-cursor', {}, { field: 'cursor' });
  return ids;
}
