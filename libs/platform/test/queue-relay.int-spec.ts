import { Injectable, Module } from '@nestjs/common';
import { z } from 'zod';
import { newId } from '@libs/kernel';
import {
  defineEvent,
  type EventHandler,
  HandlesEvent,
  type JobContext,
  tag,
} from '@platform/outbox';
import { HandlerRegistry, OutboxRelay } from '@platform/queue';
import { type Lab, openLab } from '@testing';

const counted = defineEvent('relay-test.counted', {
  version: 1,
  payload: z.object({ writer: z.number(), n: z.number() }),
  makesStale: ({ writer }) => [tag('writer', writer)],
});
const unheard = defineEvent('relay-test.unheard', { version: 1, payload: z.object({}) });

@Injectable()
@HandlesEvent(counted)
class NoteOnce implements EventHandler<typeof counted> {
  readonly seen: { storeId: string | null; writer: number; n: number }[] = [];

  async handle(payload: { writer: number; n: number }, { storeId }: JobContext): Promise<void> {
    this.seen.push({ storeId, ...payload });
  }
}

@Injectable()
@HandlesEvent(counted)
class NoteTwice extends NoteOnce {}

@Module({ providers: [NoteOnce, NoteTwice] })
class FixtureModule {}

describe('the outbox relay', () => {
  let lab: Lab;
  let relay: OutboxRelay;

  beforeAll(async () => {
    lab = await openLab({ modules: [FixtureModule] });
    relay = new OutboxRelay(lab.db, HandlerRegistry.discover(lab.module));
  });

  afterAll(() => lab.close());

  const rowsOf = (table: string): Promise<number> =>
    lab.db.acrossStores('count for a test', async (tx) => {
      const [row] = await tx.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`);
      return row?.n ?? -1;
    });

  it('carries each committed event once, none of a rolled back one, in order, while others write', async () => {
    const stores = await Promise.all([lab.aStore(), lab.aStore(), lab.aStore()]);
    const committed: string[] = [];
    let writing = true;
    const writer = async (id: number): Promise<void> => {
      const storeId = stores[id % stores.length] ?? '';
      for (let n = 0; n < 40; n += 1) {
        const fails = Math.random() < 0.3;
        const done = lab.db.write(storeId, async (store) => {
          store.publish(counted, { writer: id, n });
          // A transaction that stays open lets others with later numbers commit first.
          if (n % 10 === 0) await store.query('SELECT pg_sleep(0.02)');
          if (fails) throw new Error('rolled back');
        });
        await done.then(
          () => committed.push(`${id}:${n}`),
          () => undefined,
        );
      }
    };
    const relaying = async (): Promise<number> => {
      let carried = 0;
      for (;;) {
        const last = !writing;
        const { events } = await relay.relay(7);
        carried += events;
        if (events === 0 && last) return carried;
      }
    };
    const relays = Promise.all([relaying(), relaying()]);
    await Promise.all([0, 1, 2, 3, 4].map(writer));
    writing = false;
    const carried = (await relays).reduce((a, b) => a + b);

    expect(carried).toBe(committed.length);
    expect(await rowsOf('outbox_events')).toBe(0);
    expect(await rowsOf('jobs')).toBe(2 * committed.length);
    await lab.drain();
    for (const type of [NoteOnce, NoteTwice]) {
      const { seen } = lab.get(type);
      expect(seen.map(({ writer: id, n }) => `${id}:${n}`).toSorted()).toEqual(
        committed.toSorted(),
      );
      for (const id of [0, 1, 2, 3, 4]) {
        const order = seen.filter((one) => one.writer === id).map(({ n }) => n);
        expect(order).toEqual(order.toSorted((a, b) => a - b));
      }
      expect(seen.every(({ storeId, writer: id }) => storeId === stores[id % stores.length])).toBe(
        true,
      );
    }
  });

  it('says once per store what became stale, with the stamp that the change raised', async () => {
    const storeId = await lab.aStore();
    await lab.db.write(storeId, async (store) => {
      store.publish(counted, { writer: 1, n: 1 });
      store.publish(counted, { writer: 2, n: 1 });
      store.publish(unheard, {});
    });
    const { events, jobs, stale } = await relay.relay();
    expect({ events, jobs }).toEqual({ events: 3, jobs: 4 });
    const [row] = await lab.db.read(storeId, (store) =>
      store.query<{ v: number }>('SELECT v FROM store_stamps'),
    );
    expect(stale).toEqual([{ storeId, v: row?.v, tags: ['writer:1', 'writer:2'] }]);
    await lab.drain();
  });

  it('leaves what it does not know to a newer worker, and goes on with the rest', async () => {
    const storeId = await lab.aStore();
    await lab.db.acrossStores('plant events for a test', async (tx) => {
      await tx.execute(
        `INSERT INTO outbox_events (store_id, name, version, payload)
         VALUES ($1, 'relay-test.of-tomorrow', 1, '{}'), ($1, 'relay-test.counted', 2, '{}')`,
        [storeId],
      );
    });
    await lab.db.write(storeId, async (store) => store.publish(unheard, {}));
    expect((await relay.relay()).events).toBe(1);
    expect(await rowsOf('outbox_events')).toBe(2);
    await lab.db.acrossStores('clean up', (tx) => tx.execute('DELETE FROM outbox_events'));
  });

  it('is not held up by a payload that lost its form', async () => {
    const storeId = newId();
    await lab.db.acrossStores('plant an event for a test', (tx) =>
      tx.execute(
        `INSERT INTO outbox_events (store_id, name, version, payload) VALUES ($1, $2, 1, '{"n":"?"}')`,
        [storeId, counted.name],
      ),
    );
    expect(await relay.relay()).toMatchObject({ events: 1, jobs: 2, stale: [] });
    await expect(lab.drain()).rejects.toThrow('dead on try 1');
    expect(await rowsOf(`jobs WHERE state = 'dead'`)).toBe(2);
  });
});
