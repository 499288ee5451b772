import type { StoreReader } from '@platform/database';

/** A series that has a gap, or whose counter is not at its last number. */
export interface NumberFault {
  kind: 'numbers';
  /** Such as `order` or `invoice`. */
  series: string;
  /** How many there are, and the last one. */
  found: string;
  expected: string;
}

/** I2 and I30: the numbers of a series are 1 to n, each once. Doubles the table refuses. */
export function checkNumbers(store: StoreReader): Promise<NumberFault[]> {
  return store.query<NumberFault>(
    `WITH given AS (
       SELECT series, number FROM orders WHERE store_id = $1
       UNION ALL SELECT series, number FROM documents WHERE store_id = $1
     ), sums AS (
       SELECT series, count(number) AS n, min(number) AS first, max(number) AS last FROM given GROUP BY 1
     )
     SELECT 'numbers' AS kind, series, coalesce(n, 0) || ' up to ' || coalesce(last, 0) AS found,
       coalesce(c.next, 0) || ' up to ' || coalesce(c.next, 0) AS expected
     FROM sums FULL JOIN (SELECT series, next FROM store_counters WHERE store_id = $1) c USING (series)
     WHERE (coalesce(n, 0), coalesce(last, 0), coalesce(first, 1))
       IS DISTINCT FROM (coalesce(c.next, 0), coalesce(c.next, 0), 1)
     ORDER BY series`,
    [store.storeId],
  );
}
