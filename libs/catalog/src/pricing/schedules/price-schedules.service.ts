import { Inject, Injectable } from '@nestjs/common';
import { currencyQuantum, newId } from '@libs/kernel';
import { Db, type StoreReader, type StoreWriter } from '@platform/database';
import { checkVersion } from '@platform/http';
import type {
  PriceScheduleInput,
  PriceSchedulePatch,
  ScheduledPrice,
  ScheduleState,
} from '../../contract/price-schedules.contract';
import { applySchedules, type ScheduleStep } from './apply-schedules';
import { RunPriceSchedules } from './run-price-schedules.job';
import {
  findOverlap,
  findSchedule,
  listSchedules,
  lockDue,
  lockScheduled,
  pricesOf,
  type Planned,
  readTimes,
  savePlanned,
  type ScheduleRow,
} from './schedule-rows.queries';
import { schedulesErrors } from './schedules.errors';

/** Prices that begin and end by themselves, in the store's own list. */
@Injectable()
export class PriceSchedules {
  constructor(@Inject(Db) private readonly db: Db) {}

  /** Newest first. @param page `before` is the id that the last page ended with */
  list(
    store: StoreReader,
    page: { state: ScheduleState | undefined; limit: number; before: string | null },
  ): Promise<ScheduleRow[]> {
    return listSchedules(store, page);
  }

  /** @throws price-schedules.not-found */
  async get(
    store: StoreReader,
    scheduleId: string,
  ): Promise<ScheduleRow & { prices: ScheduledPrice[] }> {
    const found = await findSchedule(store, scheduleId);
    if (!found) throw schedulesErrors.error('not-found');
    return { ...found, prices: await pricesOf(store, scheduleId) };
  }

  /**
   * Plans prices from a moment to a moment; answers the schedule's id.
   * @throws price-schedules.times, .price-step, .unknown-variant, .overlaps
   */
  async create(store: StoreWriter, input: PriceScheduleInput): Promise<string> {
    const scheduleId = newId();
    await plan(store, scheduleId, input);
    const target = { kind: 'price-schedule', id: scheduleId };
    store.record({ action: 'price-schedule.created', target, after: { ...input } });
    return scheduleId;
  }

  /**
   * Plans anew a schedule that has not begun; what is left out stays.
   * @param seen what the editor looked at, for optimistic locking
   * @throws price-schedules.not-found, .begun, what `create` throws, http.version-mismatch, http.version-conflict
   */
  async change(
    store: StoreWriter,
    scheduleId: string,
    patch: Omit<PriceSchedulePatch, 'version'>,
    seen: { ifMatch?: string; version?: number },
  ): Promise<void> {
    const found = await findSchedule(store, scheduleId, { lock: true });
    if (!found) throw schedulesErrors.error('not-found');
    checkVersion(found.version, seen);
    const { state, title, startsAt, endsAt } = found;
    if (state !== 'planned') throw schedulesErrors.error('begun', { state });
    await plan(store, scheduleId, {
      title: patch.title ?? title,
      startsAt: patch.startsAt ?? startsAt.toISOString(),
      endsAt: patch.endsAt ?? endsAt.toISOString(),
      prices: patch.prices ?? (await pricesOf(store, scheduleId)),
    });
    const target = { kind: 'price-schedule', id: scheduleId };
    store.record({ action: 'price-schedule.changed', target, after: { ...patch } });
  }

  /**
   * Takes a schedule back: one that has not begun never does, one that runs ends now. Cancelling again changes nothing.
   * @throws price-schedules.not-found, price-schedules.over
   */
  async cancel(store: StoreWriter, scheduleId: string): Promise<void> {
    const found = await findSchedule(store, scheduleId, { lock: true });
    if (!found) throw schedulesErrors.error('not-found');
    const { state } = found;
    if (state === 'cancelled') return;
    if (state === 'ended' || state === 'missed') throw schedulesErrors.error('over');
    await applySchedules(store, [{ id: scheduleId, step: 'cancel' }]);
  }

  /** Begins and ends what is due in a store, all at one moment. Doing it again changes nothing. */
  runDue(storeId: string): Promise<void> {
    return this.db.write(storeId, async (store) => {
      const due = await lockDue(store);
      const steps = due.map(({ id, state, missed }): ScheduleStep => {
        if (state === 'running') return { id, step: 'end' };
        return { id, step: missed ? 'miss' : 'begin' };
      });
      if (steps.length > 0) await applySchedules(store, steps);
    });
  }
}

/** Checks and writes what is planned, and sees to it that it is looked at when it begins and ends. */
async function plan(
  store: StoreWriter,
  scheduleId: string,
  input: PriceScheduleInput,
): Promise<void> {
  const { title, prices } = input;
  const { currency, startsAt, endsAt, sound } = await readTimes(store, input);
  if (!sound) throw schedulesErrors.error('times', {}, { field: 'startsAt' });
  checkSteps(prices, currency);
  const named = prices.map(({ variantId }) => variantId);
  const known = await lockScheduled(store, named);
  const unknown = named.findIndex((id, index) => !known.has(id) || named.indexOf(id) < index);
  if (unknown >= 0) {
    const field = `prices.${unknown}.variantId`;
    throw schedulesErrors.error('unknown-variant', { id: String(named[unknown]) }, { field });
  }
  const planned = { title, prices, startsAt, endsAt };
  await refuseOverlap(store, scheduleId, planned);
  await savePlanned(store, scheduleId, planned);
  for (const runAt of [startsAt, endsAt])
    store.enqueue(RunPriceSchedules, {}, { runAt, dedupeKey: runAt.toISOString() });
}

async function refuseOverlap(
  store: StoreReader,
  scheduleId: string,
  { prices, ...times }: Planned,
): Promise<void> {
  const variantIds = prices.map(({ variantId }) => variantId);
  const other = await findOverlap(store, scheduleId, variantIds, times);
  if (!other) return;
  const said = {
    id: other.variantId,
    title: other.title,
    schedule: other.id,
    from: other.startsAt.toISOString(),
    to: other.endsAt.toISOString(),
  };
  const field = `prices.${variantIds.indexOf(other.variantId)}.variantId`;
  throw schedulesErrors.error('overlaps', said, { field });
}

/** Card networks want the last of three decimals to be 0. */
function checkSteps(prices: PriceScheduleInput['prices'], currency: string): void {
  const step = currencyQuantum(currency);
  for (const [index, { priceMinor, compareAtMinor }] of prices.entries()) {
    for (const [name, amount] of Object.entries({ priceMinor, compareAtMinor })) {
      if ((amount ?? 0) % step === 0) continue;
      const field = `prices.${index}.${name}`;
      throw schedulesErrors.error('price-step', { currency, step }, { field });
    }
  }
}
