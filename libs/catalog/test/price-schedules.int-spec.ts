import * as fc from 'fast-check';
import { type Lab, openLab } from '@testing';
import {
  priceScheduleInput,
  type PriceSchedulePatch,
} from '../src/contract/price-schedules.contract';
import { usualPriorPriceRule } from '../src/pricing/prior-price-rules';
import { PriceSchedules } from '../src/pricing/schedules/price-schedules.service';
import { CatalogWorkerModule } from '../src/worker';
import { SweepPriceSchedules } from '../src/worker/price-schedules.job';
import { write } from './catalog.builder';
import { type Noted, priorByMinutes, replay } from './replay.builder';

jest.setTimeout(600_000);

const minuteMs = 60_000;

/** A clock that a test sets forward: everything that a store knows of times moves into the past instead. */
class TestClock {
  private passedMs = 0;
  private minute = 0;

  private constructor(
    private readonly lab: Lab,
    private readonly storeId: string,
    private readonly began: number,
  ) {}

  static async of(lab: Lab, storeId: string): Promise<TestClock> {
    return new TestClock(lab, storeId, await thisMinute(lab, storeId));
  }

  /** Minutes since the clock began. */
  get now(): number {
    return this.minute;
  }

  /** The moment of a minute, as the database has it by now. */
  at(minute: number): string {
    return new Date(this.began + minute * minuteMs - this.passedMs).toISOString();
  }

  /** Goes on to a minute. */
  async goTo(minute: number): Promise<void> {
    this.minute = minute;
    const real = await thisMinute(this.lab, this.storeId);
    const shift = minute * minuteMs - (real - this.began) - this.passedMs;
    this.passedMs += shift;
    const by = `make_interval(secs => ${shift / 1_000})`;
    await this.lab.db.acrossStores('let time go by in a test', async (tx) => {
      await tx.execute(
        `UPDATE price_intervals SET starts_at = starts_at - ${by}, ends_at = ends_at - ${by} WHERE store_id = $1`,
        [this.storeId],
      );
      await tx.execute(
        `UPDATE price_schedules SET starts_at = starts_at - ${by}, ends_at = ends_at - ${by}, next_at = next_at - ${by}
         WHERE store_id = $1`,
        [this.storeId],
      );
    });
  }
}

async function thisMinute(lab: Lab, storeId: string): Promise<number> {
  const [row] = await lab.db.read(storeId, (store) =>
    store.query<{ at: Date }>(`SELECT date_trunc('minute', clock_timestamp()) AS at`),
  );
  return row?.at.getTime() ?? 0;
}

type Costs = [priceMinor: number, compareAtMinor: number | null];

describe('scheduled prices', () => {
  let lab: Lab;
  let storeId: string;
  let clock: TestClock;
  let variantId: string;
  let schedules: PriceSchedules;

  beforeAll(async () => {
    lab = await openLab({ modules: [CatalogWorkerModule] });
    schedules = lab.get(PriceSchedules);
  });
  afterAll(() => lab.close());

  const rows = <Row = Record<string, unknown>>(sql: string) =>
    lab.db.read(storeId, (store) => store.query<Row>(sql, [storeId]));
  const edit = ([priceMinor, compareAtMinor]: Costs) =>
    write(
      lab,
      storeId,
      [{ handle: 'cap', title: 'Cap', variants: [{ options: [], priceMinor, compareAtMinor }] }],
      { cause: 'edit' },
    );
  const costs = async (): Promise<Costs> => {
    const [row] = await rows<{ price: number; compareAt: number | null }>(
      `SELECT price_minor::int AS price, compare_at_minor::int AS "compareAt" FROM variants WHERE store_id = $1`,
    );
    return [row?.price ?? -1, row?.compareAt ?? null];
  };
  const open = async (first: Costs = [2_000, null]) => {
    storeId = await lab.aStore();
    clock = await TestClock.of(lab, storeId);
    await edit(first);
    const [row] = await rows<{ id: string }>(
      'SELECT variant_id AS id FROM variants WHERE store_id = $1',
    );
    variantId = row?.id ?? '';
  };
  const plan = (from: number, to: number, [priceMinor, compareAtMinor]: Costs, title = 'Week') => {
    const prices = [{ variantId, priceMinor, compareAtMinor }];
    const times = { startsAt: clock.at(from), endsAt: clock.at(to) };
    const input = priceScheduleInput.parse({ title, ...times, prices });
    return lab.db.write(storeId, (store) => schedules.create(store, input));
  };
  const cancel = (id: string) => lab.db.write(storeId, (store) => schedules.cancel(store, id));
  const state = async (id: string) =>
    (await lab.db.read(storeId, (store) => schedules.get(store, id))).state;
  /** What is due is done by the clock, by two at once. */
  const goTo = async (minute: number) => {
    await clock.goTo(minute);
    await Promise.all([lab.get(SweepPriceSchedules).tick(), schedules.runDue(storeId)]);
    await lab.drain();
  };
  const prior = async () =>
    (
      await rows<{ prior: number }>(
        'SELECT prior_minor::int AS prior FROM variant_price_facts WHERE store_id = $1',
      )
    )[0]?.prior ?? null;

  it('begin and end by themselves, with the ledger and what a reduction is compared with', async () => {
    await open();
    await goTo(50_000);
    const [stamp] = await rows<{ v: number }>('SELECT v FROM store_stamps WHERE store_id = $1');
    const id = await plan(50_010, 50_070, [1_500, 2_000]);
    await goTo(50_009);
    expect([await costs(), await prior(), await state(id)]).toEqual([
      [2_000, null],
      null,
      'planned',
    ]);
    await goTo(50_010);
    expect([await costs(), await prior(), await state(id)]).toEqual([
      [1_500, 2_000],
      2_000,
      'running',
    ]);
    // Pages that show it are stale.
    const [later] = await rows<{ v: number }>('SELECT v FROM store_stamps WHERE store_id = $1');
    expect(Number(later?.v)).toBeGreaterThan(Number(stamp?.v));
    await goTo(50_069);
    expect(await costs()).toEqual([1_500, 2_000]);
    await goTo(50_070);
    expect([await costs(), await prior(), await state(id)]).toEqual([[2_000, null], null, 'ended']);
    const ledger = await rows(
      'SELECT amount_minor::int AS amount, kind, cause FROM price_intervals WHERE store_id = $1 ORDER BY starts_at',
    );
    expect(ledger).toEqual([
      { amount: 2_000, kind: 'list', cause: 'edit' },
      { amount: 1_500, kind: 'sale', cause: 'schedule' },
      { amount: 2_000, kind: 'list', cause: 'schedule' },
    ]);
    // What it cost then is the lowest of the 30 days for what comes next.
    await goTo(50_100);
    await edit([1_800, 2_000]);
    expect(await prior()).toBe(1_500);
    const told = await rows(
      `SELECT action FROM audit_log WHERE store_id = $1 AND action LIKE 'price-schedule.%' ORDER BY at, entry_id`,
    );
    expect(told.map(({ action }) => action)).toEqual([
      'price-schedule.created',
      'price-schedule.began',
      'price-schedule.ended',
    ]);
  });

  it('leave a price alone that somebody changed meanwhile', async () => {
    await open();
    const id = await plan(10, 20, [1_500, null]);
    await goTo(10);
    await edit([1_700, null]);
    await goTo(20);
    expect([await costs(), await state(id)]).toEqual([[1_700, null], 'ended']);
  });

  it('can be cancelled before, during and not after', async () => {
    await open();
    const before = await plan(10, 20, [1_500, null]);
    await cancel(before);
    await cancel(before);
    await goTo(10);
    expect([await costs(), await state(before)]).toEqual([[2_000, null], 'cancelled']);
    const during = await plan(12, 20, [1_500, 1_900]);
    await goTo(12);
    expect(await costs()).toEqual([1_500, 1_900]);
    await cancel(during);
    expect([await costs(), await state(during)]).toEqual([[2_000, null], 'cancelled']);
    await goTo(20);
    expect(await costs()).toEqual([2_000, null]);
    const over = await plan(22, 23, [1_500, null]);
    await goTo(22);
    await goTo(23);
    await expect(cancel(over)).rejects.toMatchObject({ code: 'price-schedules.over' });
  });

  it('can be planned anew until they begin, by whoever saw them last', async () => {
    await open();
    const id = await plan(10, 20, [1_500, null]);
    const next = await plan(20, 30, [1_400, null], 'Spring sale');
    const change = (patch: PriceSchedulePatch, seen: { version?: number; ifMatch?: string } = {}) =>
      lab.db.write(storeId, (store) => schedules.change(store, id, patch, seen));
    await expect(change({ endsAt: clock.at(21) })).rejects.toMatchObject({
      code: 'price-schedules.overlaps',
      message: expect.stringContaining(`“Spring sale” (${next})`) as string,
    });
    await expect(change({ startsAt: clock.at(20) })).rejects.toMatchObject({
      code: 'price-schedules.times',
    });
    await expect(change({ prices: [] }, { version: 2 })).rejects.toMatchObject({
      code: 'http.version-conflict',
    });
    await change({ startsAt: clock.at(12) }, { version: 1 });
    await expect(change({ title: 'Late' }, { ifMatch: '"v1"' })).rejects.toMatchObject({
      code: 'http.version-mismatch',
    });
    const prices = [{ variantId, priceMinor: 1_600, compareAtMinor: 2_000 }];
    await change({ title: 'Two weeks', prices }, { ifMatch: '"v2"' });
    const now = await lab.db.read(storeId, (store) => schedules.get(store, id));
    expect(now).toMatchObject({ title: 'Two weeks', state: 'planned', version: 3, prices });
    await goTo(10);
    expect(await costs()).toEqual([2_000, null]);
    await goTo(12);
    expect(await costs()).toEqual([1_600, 2_000]);
    await expect(change({ title: 'Three weeks' })).rejects.toMatchObject({
      code: 'price-schedules.begun',
      params: { state: 'running' },
    });
    await goTo(20);
    expect([await costs(), await state(id)]).toEqual([[1_400, null], 'ended']);
  });

  it('are planned anew by one of two who would overlap', async () => {
    await open();
    const ids = [await plan(10, 20, [1_500, null]), await plan(30, 40, [1_400, null])];
    const both = await Promise.allSettled(
      ids.map((id) =>
        lab.db.write(storeId, (store) =>
          schedules.change(store, id, { startsAt: clock.at(21), endsAt: clock.at(29) }, {}),
        ),
      ),
    );
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('do nothing when their end comes before anybody could begin them', async () => {
    await open();
    const id = await plan(10, 20, [1_500, null]);
    await goTo(30);
    expect([await costs(), await state(id)]).toEqual([[2_000, null], 'missed']);
  });

  it('hand over at one moment: the price before them is no price in between', async () => {
    await open();
    await goTo(50_000);
    await plan(50_010, 50_020, [1_500, 2_000]);
    const next = await plan(50_020, 50_030, [1_200, 2_000]);
    await goTo(50_010);
    await goTo(50_020);
    expect([await costs(), await prior(), await state(next)]).toEqual([
      [1_200, 2_000],
      2_000,
      'running',
    ]);
    await goTo(50_030);
    expect(await costs()).toEqual([2_000, null]);
    const ledger = await rows<{ amount: number }>(
      'SELECT amount_minor::int AS amount FROM price_intervals WHERE store_id = $1 ORDER BY starts_at',
    );
    expect(ledger.map(({ amount }) => amount)).toEqual([2_000, 1_500, 1_200, 2_000]);
  });

  it('are refused where they overlap, with the name of the other one, and with odd times', async () => {
    await open();
    const other = await plan(10, 20, [1_500, null], 'Spring sale');
    await expect(plan(19, 30, [1_400, null])).rejects.toMatchObject({
      code: 'price-schedules.overlaps',
      message: expect.stringContaining(`“Spring sale” (${other})`) as string,
      issues: [{ field: 'prices.0.variantId' }],
    });
    await plan(20, 30, [1_400, null]);
    await cancel(other);
    await plan(5, 20, [1_300, null]);
    await expect(plan(40, 40, [1, null])).rejects.toMatchObject({ code: 'price-schedules.times' });
    await expect(plan(-5, 40, [1, null])).rejects.toMatchObject({ code: 'price-schedules.times' });
    await expect(plan(40.5, 41, [1, null])).rejects.toMatchObject({
      code: 'price-schedules.times',
    });
    variantId = storeId;
    await expect(plan(40, 41, [1, null])).rejects.toMatchObject({
      code: 'price-schedules.unknown-variant',
    });
  });

  it('are planned once by two who plan the same at the same time', async () => {
    await open();
    const all = await Promise.allSettled([1, 2, 3].map(() => plan(10, 20, [1_500, null])));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('read times without an offset in the store’s time zone', async () => {
    await open();
    await lab.db.acrossStores('move a store in a test', (tx) =>
      tx.execute(`UPDATE stores SET time_zone = 'America/New_York' WHERE store_id = $1`, [storeId]),
    );
    const prices = [{ variantId, priceMinor: 1, compareAtMinor: null }];
    const times = { startsAt: '2099-11-27T00:00:00', endsAt: '2099-07-01T00:00:00Z' };
    const input = { title: 'Later', prices, ...times, endsAt: '2099-11-30T00:00:00-05:00' };
    const id = await lab.db.write(storeId, (store) => schedules.create(store, input));
    const { startsAt, endsAt } = await lab.db.read(storeId, (store) => schedules.get(store, id));
    expect([startsAt, endsAt].map((at) => at.toISOString())).toEqual([
      '2099-11-27T05:00:00.000Z',
      '2099-11-30T05:00:00.000Z',
    ]);
  });

  it('are in every minute what a log of edits and plans says (P6)', async () => {
    const planned = fc.constantFrom<Costs>(
      [1_500, 2_000],
      [1_200, 2_000],
      [900, null],
      [2_200, null],
    );
    const edited = fc.constantFrom<Costs>(
      [2_000, null],
      [1_800, 2_000],
      [1_000, null],
      [1_400, 1_900],
    );
    // Plans begin and end in minutes of their own, so that no price counts for less than a minute.
    const step = 10;
    const wish = fc.oneof(
      fc.record({
        do: fc.constant('plan' as const),
        in: fc.integer({ min: 0, max: 60 }),
        long: fc.constantFrom(60, 600, 3_000),
        costs: planned,
      }),
      fc.record({ do: fc.constant('edit' as const), costs: edited }),
      fc.record({ do: fc.constant('cancel' as const), which: fc.nat(3) }),
      fc.record({ do: fc.constant('wait' as const), steps: fc.integer({ min: 3, max: 400 }) }),
    );
    const runs = Number(process.env['CARAVEL_SCHEDULE_RUNS'] ?? 4);
    await fc.assert(
      fc.asyncProperty(fc.array(wish, { minLength: 6, maxLength: 12 }), async (wishes) => {
        await open();
        await goTo(45_005);
        const world = new World([2_000, null]);
        const wait = async (until: number) => {
          for (const minute of world.moments(clock.now, until)) await goTo(minute);
          await goTo(until);
        };
        for (const one of wishes) {
          await wait(clock.now + step);
          const { now } = clock;
          if (one.do === 'plan') {
            const from = now + step / 2 + one.in * step;
            const to = from + one.long;
            const made = await plan(from, to, one.costs).catch((error: unknown) => {
              expect(error).toMatchObject({ code: 'price-schedules.overlaps' });
              return null;
            });
            expect(made === null).toBe(world.overlaps(from, to));
            if (made !== null) world.plans.push({ id: made, from, to, costs: one.costs });
          } else if (one.do === 'edit') {
            await edit(one.costs);
            world.edit(now, one.costs);
          } else if (one.do === 'cancel') {
            const live = world.plans.filter(({ to }) => to > now);
            const chosen = live[one.which];
            if (!chosen) continue;
            await cancel(chosen.id);
            chosen.to = now;
          } else {
            await wait(now + one.steps * step);
          }
          expect(await costs()).toEqual(world.at(clock.now));
          const log = world.log(clock.now);
          const played = replay(log, clock.now + 1, false);
          expect(await prior()).toBe(priorByMinutes(played, usualPriorPriceRule));
        }
        const ledger = await rows<{ amount: number; sale: boolean }>(
          `SELECT amount_minor::int AS amount, kind = 'sale' AS sale FROM price_intervals
           WHERE store_id = $1 AND ends_at IS DISTINCT FROM starts_at ORDER BY starts_at, ends_at`,
        );
        const faults = await rows(
          `SELECT FROM (SELECT ends_at, lead(starts_at) OVER (ORDER BY starts_at, ends_at) AS next
             FROM price_intervals WHERE store_id = $1) i WHERE i.ends_at IS DISTINCT FROM i.next`,
        );
        expect(faults).toEqual([]);
        expect(ledger.at(-1)?.amount).toBe(world.at(clock.now)[0]);
      }),
      { seed: 20261122, numRuns: runs },
    );
  });
});

/** What prices are by the words of the rule alone: a plan that runs, unless somebody set the price after it began. */
class World {
  readonly plans: { id: string; from: number; to: number; costs: Costs }[] = [];
  private readonly edits: { minute: number; costs: Costs }[];

  constructor(first: Costs) {
    this.edits = [{ minute: 0, costs: first }];
  }

  /** Setting a price to what it is sets nothing. */
  edit(minute: number, costs: Costs): void {
    if (String(this.at(minute)) !== String(costs)) this.edits.push({ minute, costs });
  }

  overlaps(from: number, to: number): boolean {
    return this.plans.some((other) => other.from < other.to && other.from < to && other.to > from);
  }

  at(minute: number): Costs {
    const edited = this.edits.findLast((one) => one.minute <= minute);
    const running = this.plans.find((one) => one.from <= minute && one.to > minute);
    if (!edited) throw new Error('a log begins with a price');
    return running && running.from > edited.minute ? running.costs : edited.costs;
  }

  /** Minutes in which a plan begins or ends. */
  moments(after: number, until: number): number[] {
    const all = this.plans.flatMap(({ from, to }) => (from < to ? [from, to] : []));
    return [...new Set(all)].filter((at) => at > after && at <= until).sort((a, b) => a - b);
  }

  /** The changes of the price, found minute by minute. */
  log(until: number): Noted[] {
    const log: Noted[] = [];
    let last = '';
    for (let minute = 0; minute <= until; minute += 1) {
      const [amountMinor, compareAtMinor] = this.at(minute);
      const now = `${amountMinor} ${compareAtMinor}`;
      if (now !== last) log.push({ minute, set: 'base', amountMinor, compareAtMinor });
      last = now;
    }
    return log;
  }
}
