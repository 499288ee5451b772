import { decodeCursor, isId } from '@libs/kernel';
import { catalogErrors } from '../catalog.errors';

/**
 * The ids in a list's cursor.
 * @param count how many ids the list puts into its cursors
 * @returns none without a cursor
 * @throws paging.bad-cursor, catalog.bad-cursor
 */
export function cursorIds(cursor: string | undefined, count: number): string[] {
  if (cursor === undefined) return [];
  const ids = decodeCursor(cursor, count);
  if (!ids.every((id) => isId(id)))
    throw catalogErrors.error('bad-cursor', {}, { field: 'cursor' });
  return ids;
}
