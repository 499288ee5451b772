import type { StoreReader, StoreWriter } from '@platform/database';
import type {
  PriceScheduleInput,
  ScheduledPrice,
  ScheduleState,
} from '../../contract/price-schedules.contract';

/** A schedule without its prices. */
export interface ScheduleRow {
  id: string;
  title: string;
  state: ScheduleState;
  startsAt: Date;
  endsAt: Date;
  beganAt: Date | null;
  overAt: Date | null;
  /** How many variants it means. */
  variants: number;
  version: number;
}

const columns = `s.schedule_id AS id, s.title, s.state, s.starts_at AS "startsAt", s.ends_at AS "endsAt",
  s.began_at AS "beganAt", s.over_at AS "overAt", s.version,
  (SELECT count(*)::int FROM scheduled_prices p WHERE p.store_id = s.store_id AND p.schedule_id = s.schedule_id)
    AS variants`;

/** Schedules, the newest first. @param before the id that the last page ended with */
export function listSchedules(
  store: StoreReader,
  {
    state,
    limit,
    before,
  }: { state: ScheduleState | undefined; limit: number; before: string | null },
): Promise<ScheduleRow[]> {
  return store.query<ScheduleRow>(
    `SELECT ${columns} FROM price_schedules s
     WHERE s.store_id = $1 AND ($2::uuid IS NULL OR s.schedule_id < $2) AND ($3::text IS NULL OR s.state = $3)
     ORDER BY s.schedule_id DESC LIMIT $4`,
    [store.storeId, before, state ?? null, limit],
  );
}

/** A schedule, or null. @param lock whether it is kept from changing; before its products, in the order of locks */
export async function findSchedule(
  store: StoreReader,
  scheduleId: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<ScheduleRow | null> {
  const [row] = await store.query<ScheduleRow>(
    `SELECT ${columns} FROM price_schedules s WHERE s.store_id = $1 AND s.schedule_id = $2
     ${lock ? 'FOR NO KEY UPDATE OF s' : ''}`,
    [store.storeId, scheduleId],
  );
  return row ?? null;
}

/** The prices of a schedule, by variant. */
export function pricesOf(store: StoreReader, scheduleId: string): Promise<ScheduledPrice[]> {
  return store.query<ScheduledPrice>(
    `SELECT variant_id AS "variantId", price_minor AS "priceMinor", compare_at_minor AS "compareAtMinor"
     FROM scheduled_prices WHERE store_id = $1 AND schedule_id = $2 ORDER BY variant_id`,
    [store.storeId, scheduleId],
  );
}

/** What a store knows of the times of a schedule that is planned. */
export interface ReadTimes {
  currency: string;
  startsAt: Date;
  endsAt: Date;
  /** Whether both are on the minute, in their order, and the start is of this minute or later, by the database's clock. */
  sound: boolean;
}

/** Reads times as they are written: without an offset, in the store's time zone. */
export async function readTimes(
  store: StoreReader,
  { startsAt, endsAt }: Pick<PriceScheduleInput, 'startsAt' | 'endsAt'>,
): Promise<ReadTimes> {
  const moment = (
    text: string,
  ) => `CASE WHEN ${text} ~ '(Z|[+-]\\d\\d:?\\d\\d)$' THEN ${text}::timestamptz
    ELSE ${text}::timestamp AT TIME ZONE s.time_zone END`;
  const [row] = await store.query<ReadTimes>(
    `SELECT t.currency, t.from AS "startsAt", t.to AS "endsAt", t.from < t.to
         AND t.from = date_trunc('minute', t.from) AND t.to = date_trunc('minute', t.to)
         AND t.from >= date_trunc('minute', clock_timestamp()) AS sound
     FROM (SELECT s.currency, ${moment('$2::text')} AS "from", ${moment('$3::text')} AS "to"
       FROM stores s WHERE s.store_id = $1) t`,
    [store.storeId, startsAt, endsAt],
  );
  if (!row) throw new Error('The store of this transaction is not there.');
  return row;
}

/** Locks the products of variants in the order of ids, as whoever writes products does. @returns the variants there are */
export async function lockScheduled(
  store: StoreWriter,
  variantIds: readonly string[],
): Promise<Set<string>> {
  await store.query(
    `SELECT FROM products WHERE store_id = $1 AND product_id IN (
       SELECT product_id FROM variants WHERE store_id = $1 AND variant_id = ANY ($2::uuid[]))
     ORDER BY product_id FOR UPDATE`,
    [store.storeId, variantIds],
  );
  const rows = await store.query<{ id: string }>(
    'SELECT variant_id AS id FROM variants WHERE store_id = $1 AND variant_id = ANY ($2::uuid[])',
    [store.storeId, variantIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/**
 * Another schedule of one of the variants in the same time, the first that begins; the products have to be locked.
 * @param own the schedule that is planned
 */
export async function findOverlap(
  store: StoreReader,
  own: string,
  variantIds: readonly string[],
  { startsAt, endsAt }: Pick<ReadTimes, 'startsAt' | 'endsAt'>,
): Promise<
  (Pick<ScheduleRow, 'id' | 'title' | 'startsAt' | 'endsAt'> & { variantId: string }) | null
> {
  const [row] = await store.query<ScheduleRow & { variantId: string }>(
    `SELECT s.schedule_id AS id, s.title, s.starts_at AS "startsAt", s.ends_at AS "endsAt", p.variant_id AS "variantId"
     FROM scheduled_prices p JOIN price_schedules s USING (store_id, schedule_id)
     WHERE p.store_id = $1 AND p.variant_id = ANY ($2::uuid[]) AND s.next_at IS NOT NULL
       AND s.starts_at < $4 AND s.ends_at > $3 AND s.schedule_id <> $5
     ORDER BY s.starts_at, array_position($2::uuid[], p.variant_id) LIMIT 1`,
    [store.storeId, variantIds, startsAt, endsAt, own],
  );
  return row ?? null;
}

/** A schedule as it is planned, with its prices. */
export type Planned = Pick<PriceScheduleInput, 'title' | 'prices'> &
  Pick<ReadTimes, 'startsAt' | 'endsAt'>;

/** Writes a schedule that has not begun, with its prices: a new one, or one as it is planned now. */
export async function savePlanned(
  store: StoreWriter,
  scheduleId: string,
  { title, startsAt, endsAt, prices }: Planned,
): Promise<void> {
  await store.execute(
    `INSERT INTO price_schedules AS s (store_id, schedule_id, title, starts_at, ends_at, next_at)
     VALUES ($1, $2, $3, $4, $5, $4)
     ON CONFLICT (store_id, schedule_id) DO UPDATE SET title = $3, starts_at = $4, ends_at = $5, next_at = $4,
       version = s.version + 1`,
    [store.storeId, scheduleId, title, startsAt, endsAt],
  );
  await store.execute('DELETE FROM scheduled_prices WHERE store_id = $1 AND schedule_id = $2', [
    store.storeId,
    scheduleId,
  ]);
  await store.execute(
    `INSERT INTO scheduled_prices (store_id, schedule_id, variant_id, price_minor, compare_at_minor)
     SELECT $1, $2, "variantId", "priceMinor", "compareAtMinor"
     FROM jsonb_to_recordset($3::jsonb) AS r ("variantId" uuid, "priceMinor" bigint, "compareAtMinor" bigint)`,
    [store.storeId, scheduleId, JSON.stringify(prices)],
  );
}

/** A variant of a schedule as it is now, with what belongs to its product. */
export interface ScheduledVariant {
  scheduleId: string;
  productId: string;
  handle: string;
  productOptions: { name: string }[];
  variantId: string;
  options: string[];
  /** What it costs now. */
  now: Costs;
  /** What it costs while the schedule runs. */
  scheduled: Costs;
  /** What it cost before; null until the schedule began. */
  before: Costs | null;
}

/** A price with its compare-at price, in minor units. */
export interface Costs {
  priceMinor: number;
  compareAtMinor: number | null;
}

/** The variants of schedules as they are now; to change them, lock their products before. */
export function readScheduled(
  store: StoreReader,
  scheduleIds: readonly string[],
): Promise<ScheduledVariant[]> {
  const costs = (price: string, compareAt: string) =>
    `jsonb_build_object('priceMinor', ${price}, 'compareAtMinor', ${compareAt})`;
  return store.query<ScheduledVariant>(
    `SELECT s.schedule_id AS "scheduleId", p.product_id AS "productId", p.handle, p.options AS "productOptions", v.variant_id AS "variantId",
       to_jsonb(array_remove(ARRAY[v.option1, v.option2, v.option3], NULL)) AS options,
       ${costs('v.price_minor', 'v.compare_at_minor')} AS now,
       ${costs('s.price_minor', 's.compare_at_minor')} AS scheduled,
       CASE WHEN s.before_minor IS NOT NULL THEN ${costs('s.before_minor', 's.before_compare_at_minor')} END AS before
     FROM scheduled_prices s
     JOIN variants v ON v.store_id = s.store_id AND v.variant_id = s.variant_id
     JOIN products p ON p.store_id = v.store_id AND p.product_id = v.product_id
     WHERE s.store_id = $1 AND s.schedule_id = ANY ($2::uuid[]) ORDER BY p.product_id, v.position, v.variant_id`,
    [store.storeId, scheduleIds],
  );
}

/** Notes what variants cost before the schedule, which runs from now on. */
export async function noteBegun(
  store: StoreWriter,
  scheduleId: string,
  variants: readonly { variantId: string; before: Costs }[],
): Promise<void> {
  const rows = variants.map(({ variantId, before }) => ({ variantId, ...before }));
  await store.execute(
    `UPDATE scheduled_prices s SET before_minor = r."priceMinor", before_compare_at_minor = r."compareAtMinor"
     FROM jsonb_to_recordset($3::jsonb) AS r ("variantId" uuid, "priceMinor" bigint, "compareAtMinor" bigint)
     WHERE s.store_id = $1 AND s.schedule_id = $2 AND s.variant_id = r."variantId"`,
    [store.storeId, scheduleId, JSON.stringify(rows)],
  );
  await store.execute(
    `UPDATE price_schedules SET state = 'running', next_at = ends_at, began_at = clock_timestamp(),
       version = version + 1
     WHERE store_id = $1 AND schedule_id = $2`,
    [store.storeId, scheduleId],
  );
}

/** Notes that a schedule is over. */
export async function noteOver(
  store: StoreWriter,
  scheduleId: string,
  state: 'ended' | 'cancelled' | 'missed',
): Promise<void> {
  await store.execute(
    `UPDATE price_schedules SET state = $3, next_at = NULL, over_at = clock_timestamp(), version = version + 1
     WHERE store_id = $1 AND schedule_id = $2`,
    [store.storeId, scheduleId, state],
  );
}

/**
 * Locks the schedules whose moment has come by the database's clock, in the order in which they are to be dealt with:
 * by their moments, and what ends before what begins at the same one.
 */
export function lockDue(
  store: StoreWriter,
): Promise<{ id: string; state: 'planned' | 'running'; missed: boolean }[]> {
  return store.query(
    `SELECT schedule_id AS id, state, state = 'planned' AND ends_at <= now() AS missed
     FROM price_schedules WHERE store_id = $1 AND next_at <= now()
     ORDER BY next_at, state = 'planned', schedule_id FOR NO KEY UPDATE`,
    [store.storeId],
  );
}
