import { faultPoint } from '@platform/config';
import type { Db, PlatformWriter } from '@platform/database';
import { newId } from '@libs/kernel';
import { allEvents, findEvent, type Tag } from '@platform/outbox';
import type { HandlerRegistry } from './handler-registry';

/** What became stale in a store by committed changes. */
export interface Staleness {
  storeId: string;
  /** The store's stamp after the changes, or a later one. */
  v: number;
  tags: Tag[];
}

/** What one round carried. */
export interface Relayed {
  events: number;
  jobs: number;
  /** Age of the oldest event when it was taken, in seconds; 0 when there was none. */
  lagSeconds: number;
  stale: Staleness[];
}

interface EventRow {
  event_id: number;
  store_id: string | null;
  name: string;
  version: number;
  payload: unknown;
  age: number;
}

/** An event calls for work that somebody waits for; it is tried as often as a job is by default. */
const reactionQueue = 'swift';
const reactionAttempts = 10;

/**
 * Carries committed events onwards: one job for each reaction, and what has become stale.
 *
 * Each event is taken once: its row is deleted in the transaction that inserts the jobs. A row is there from the commit
 * of its writer until then, so one that commits late is taken late, and none is skipped. What a transaction published
 * after it had seen another's changes carries the higher number, hence per store cause comes before effect; events of
 * transactions that did not see each other have no order to keep. An event that this process does not know stays for a
 * newer one. Any number of workers may relay; a lock lets one through at a time.
 */
export class OutboxRelay {
  constructor(
    private readonly db: Db,
    private readonly handlers: HandlerRegistry,
  ) {}

  /**
   * Carries the oldest events.
   * @param limit how many at most
   */
  async relay(limit = 200): Promise<Relayed> {
    const known = allEvents();
    return this.db.acrossStores('carry events to their handlers', async (tx) => {
      const [lock] = await tx.query<{ mine: boolean }>(
        'SELECT pg_try_advisory_xact_lock(7021004) AS mine',
      );
      if (lock?.mine !== true) return { events: 0, jobs: 0, lagSeconds: 0, stale: [] };
      const events = await tx.query<EventRow>(
        `SELECT event_id, store_id, name, event.version, payload,
           extract(epoch FROM clock_timestamp() - created_at)::float8 AS age
         FROM outbox_events AS event
         JOIN unnest($1::text[], $2::int[]) AS known (name, version) USING (name)
         WHERE event.version <= known.version ORDER BY event_id LIMIT $3`,
        [known.map(({ name }) => name), known.map(({ version }) => version), limit],
      );
      if (events.length === 0) return { events: 0, jobs: 0, lagSeconds: 0, stale: [] };
      const jobs = await this.insertReactions(tx, events);
      await tx.execute('DELETE FROM outbox_events WHERE event_id = ANY ($1::bigint[])', [
        events.map((event) => event.event_id),
      ]);
      faultPoint('outbox.carried');
      const lagSeconds = Math.max(...events.map(({ age }) => age));
      return { events: events.length, jobs, lagSeconds, stale: await staleness(tx, events) };
    });
  }

  /** How many events wait, known or not, and for how long the oldest, in seconds. */
  async backlog(): Promise<{ waiting: number; oldestSeconds: number }> {
    const [row] = await this.db.acrossStores('measure the outbox', (tx) =>
      tx.query<{ waiting: number; oldestSeconds: number }>(
        `SELECT count(*)::int AS waiting,
           coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 AS "oldestSeconds"
         FROM outbox_events`,
      ),
    );
    return row ?? { waiting: 0, oldestSeconds: 0 };
  }

  private async insertReactions(tx: PlatformWriter, events: EventRow[]): Promise<number> {
    const jobs = events.flatMap((event) =>
      this.handlers.reactionsTo(event.name).map(({ name }) => ({
        job_id: newId(),
        store_id: event.store_id,
        name,
        version: event.version,
        payload: event.payload,
      })),
    );
    if (jobs.length === 0) return 0;
    return tx.execute(
      `INSERT INTO jobs (job_id, store_id, name, version, queue, payload, max_attempts)
       SELECT job_id, store_id, name, version, '${reactionQueue}', payload, ${reactionAttempts}
       FROM jsonb_to_recordset($1) AS j (job_id uuid, store_id uuid, name text, version int, payload jsonb)`,
      [JSON.stringify(jobs)],
    );
  }
}

/** What the events make stale, gathered by store, with the stamps as they are now: a stamp is only ever raised. */
async function staleness(tx: PlatformWriter, events: EventRow[]): Promise<Staleness[]> {
  const tags = new Map<string, Set<Tag>>();
  for (const { store_id: storeId, name, payload } of events) {
    if (storeId === null) continue;
    const stale = tagsOf(name, payload);
    if (stale?.length === 0) continue;
    const known = tags.get(storeId) ?? new Set<Tag>();
    for (const tag of stale ?? []) known.add(tag);
    tags.set(storeId, known);
  }
  if (tags.size === 0) return [];
  const stamps = await tx.query<{ storeId: string; v: number }>(
    'SELECT store_id AS "storeId", v FROM store_stamps WHERE store_id = ANY ($1::uuid[])',
    [[...tags.keys()]],
  );
  return stamps.map(({ storeId, v }) => ({ storeId, v, tags: [...(tags.get(storeId) ?? [])] }));
}

/** The tags of one event; null when they cannot be told, which must not hold up the events behind it. */
function tagsOf(name: string, payload: unknown): Tag[] | null {
  const event = findEvent(name);
  if (event === undefined) return [];
  try {
    return event.makesStale(event.payload.parse(payload));
  } catch {
    return null;
  }
}
