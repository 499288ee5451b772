import type { StoreReader, StoreWriter } from '@platform/database';
import { discountsErrors } from './discounts.errors';

/** How many codes one discount may have. */
export const mostCodes = 100_000;

/** A code without what cannot be written: control characters and halves of surrogate pairs, which PostgreSQL refuses. */
export function cleanCode(code: string): string {
  return code.replace(/\p{C}/gu, '').trim();
}

/** A code as two shoppers write it: alike whatever the capitals. */
export function codeKey(code: string): string {
  return cleanCode(code).normalize('NFKC').toUpperCase();
}

/** A code of a discount. */
export interface CodeRow {
  code: string;
  usageLimit: number | null;
  taken: number;
  createdAt: Date;
}

/** The codes of a discount in the order of their keys. */
export function listCodes(
  store: StoreReader,
  discountId: string,
  { limit, after }: { limit: number; after: string | null },
): Promise<CodeRow[]> {
  return store.query<CodeRow>(
    `SELECT code, usage_limit AS "usageLimit", taken, created_at AS "createdAt" FROM discount_codes
     WHERE store_id = $1 AND discount_id = $2 AND ($3::text IS NULL OR code_key > $3)
     ORDER BY code_key LIMIT $4`,
    [store.storeId, discountId, after, limit],
  );
}

/**
 * Gives a discount codes in one statement.
 * @throws discounts.code-taken with the first that another discount, or this one, has already
 */
export async function addCodes(
  store: StoreWriter,
  discountId: string,
  codes: readonly string[],
  usageLimit: number | null,
): Promise<void> {
  const rows = new Map(codes.map((code) => [codeKey(code), code.trim()]));
  const keys = [...rows.keys()].toSorted();
  const added = await store.query<{ key: string }>(
    `INSERT INTO discount_codes (store_id, discount_id, code_key, code, usage_limit)
     SELECT $1, $2, c.key, c.code, $5 FROM unnest($3::text[], $4::text[]) AS c (key, code)
     ON CONFLICT (store_id, code_key) DO NOTHING RETURNING code_key AS key`,
    [store.storeId, discountId, keys, keys.map((key) => rows.get(key)), usageLimit],
  );
  const done = new Set(added.map(({ key }) => key));
  const taken = keys.find((key) => !done.has(key));
  if (taken !== undefined) {
    throw discountsErrors.error(
      'code-taken',
      { code: rows.get(taken) ?? taken },
      { field: 'code' },
    );
  }
}

/** Adds as many of the codes as are free. @returns those that were */
export async function addFreeCodes(
  store: StoreWriter,
  discountId: string,
  codes: readonly string[],
  usageLimit: number | null,
): Promise<string[]> {
  const added = await store.query<{ code: string }>(
    `INSERT INTO discount_codes (store_id, discount_id, code_key, code, usage_limit)
     SELECT $1, $2, c.code, c.code, $4 FROM unnest($3::text[]) AS c (code)
     ON CONFLICT (store_id, code_key) DO NOTHING RETURNING code`,
    [store.storeId, discountId, codes, usageLimit],
  );
  return added.map(({ code }) => code);
}

/** Takes one code away. @throws discounts.code-not-found */
export async function removeCode(
  store: StoreWriter,
  discountId: string,
  code: string,
): Promise<void> {
  const removed = await store.execute(
    'DELETE FROM discount_codes WHERE store_id = $1 AND discount_id = $2 AND code_key = $3',
    [store.storeId, discountId, codeKey(code)],
  );
  if (removed === 0) throw discountsErrors.error('code-not-found', { code });
}

/** How many codes a discount has. */
export async function countCodes(store: StoreReader, discountId: string): Promise<number> {
  const [row] = await store.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM discount_codes WHERE store_id = $1 AND discount_id = $2',
    [store.storeId, discountId],
  );
  return row?.n ?? 0;
}
