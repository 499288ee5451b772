import { once } from 'node:events';
import { createServer } from 'node:net';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { type Bus, type BusMessage, PostgresBus, RedisBus } from '@platform/cache';
import { type TestDatabase, cloneTestDatabase } from '@testing';
import { RedisRig, redisMissing } from './redis-rig';

/** A server that a suite publishes through. */
interface Ground {
  open: () => Bus;
  /** Sends a text past the bus. */
  say: (text: string) => Promise<void>;
  /** Cuts the subscribers' connections, as a restart of the server does. */
  cut: () => Promise<void>;
  stop: () => Promise<void>;
}

async function redisGround(): Promise<Ground> {
  const rig = await RedisRig.start();
  const client = new Redis(rig.url);
  return {
    open: () => new RedisBus({ url: rig.url }),
    say: async (text) => void (await client.publish('caravel:invalidate', text)),
    cut: async () => void (await client.call('CLIENT', 'KILL', 'TYPE', 'pubsub')),
    stop: async () => {
      client.disconnect();
      await rig.stop();
    },
  };
}

async function postgresGround(): Promise<Ground> {
  const database: TestDatabase = await cloneTestDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  return {
    open: () => new PostgresBus({ url: database.url }),
    say: async (text) =>
      void (await client.query('SELECT pg_notify($1, $2)', ['caravel_invalidate', text])),
    cut: async () => {
      await client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE application_name = 'caravel bus' AND datname = current_database()`,
      );
    },
    stop: async () => {
      await client.end();
      await database.drop();
    },
  };
}

/** Waits for one message that fits. */
function next(bus: Bus, fits: (message: BusMessage) => boolean = () => true): Promise<BusMessage> {
  return new Promise((resolve) => {
    const stop = bus.subscribe((message) => {
      if (!fits(message)) return;
      stop();
      resolve(message);
    });
  });
}

const grounds: { name: string; prepare: () => Promise<Ground> }[] = [
  { name: 'PostgreSQL', prepare: postgresGround },
  ...(redisMissing === null ? [{ name: 'Redis', prepare: redisGround }] : []),
];
const message: BusMessage = { storeId: 's1', v: 7, tags: ['product:p1', 'collection:c1'] };

if (redisMissing !== null) {
  const needed = process.env['CI'] === 'true' ? it : it.skip;
  needed(`the bus on Redis (${redisMissing})`, () => {
    throw new Error(redisMissing ?? '');
  });
}

describe.each(grounds)('the bus on $name', ({ name, prepare }) => {
  let ground: Ground;
  let here: Bus;
  let there: Bus;

  beforeAll(async () => {
    ground = await prepare();
  });

  beforeEach(async () => {
    [here, there] = [ground.open(), ground.open()];
    await Promise.all([here.ready(), there.ready()]);
  });

  afterEach(async () => {
    await Promise.all([here.close(), there.close()]);
  });

  afterAll(() => ground.stop());

  it('carries messages to every process, in order', async () => {
    const heard: number[] = [];
    there.subscribe(({ v }) => heard.push(v));
    const last = [here, there].map((bus) => next(bus, ({ v }) => v === 50));
    for (let v = 1; v <= 50; v++) await here.publish({ ...message, v });
    expect(await Promise.all(last)).toEqual([
      { ...message, v: 50 },
      { ...message, v: 50 },
    ]);
    expect(heard).toEqual(Array.from({ length: 50 }, (_, at) => at + 1));
  });

  it('carries a message with very many tags, or says that all is stale', async () => {
    const tags = Array.from({ length: 1000 }, (_, at) => `product:${at}`);
    const coming = next(there);
    await here.publish({ ...message, tags });
    expect((await coming).tags).toEqual(name === 'Redis' ? tags : []);
  });

  it('leaves alone what is no message, and stops when told', async () => {
    const heard: BusMessage[] = [];
    const stop = there.subscribe((one) => heard.push(one));
    for (const text of ['', 'nonsense', '{"storeId":1}', '[]']) await ground.say(text);
    let coming = next(there);
    await here.publish(message);
    await coming;
    stop();
    coming = next(there);
    await here.publish(message);
    await coming;
    expect(heard).toEqual([message]);
  });

  it('says that messages may have been missed once it hears again', async () => {
    const [mine, theirs] = [here, there].map(
      (bus) => new Promise<void>((resolve) => bus.onDropped(resolve)),
    );
    await ground.cut();
    await Promise.all([mine, theirs]);
    const coming = next(there);
    await here.publish(message);
    expect(await coming).toEqual(message);
  });

  it('does not say so without a reason', async () => {
    const dropped = jest.fn();
    there.onDropped(dropped);
    const coming = next(there);
    await here.publish(message);
    await coming;
    expect(dropped).not.toHaveBeenCalled();
  });
});

describe('a bus whose server is not there', () => {
  it.each<[string, (port: number) => Bus]>([
    ['Redis', (port) => new RedisBus({ url: `redis://127.0.0.1:${port}` })],
    ['PostgreSQL', (port) => new PostgresBus({ url: `postgres://127.0.0.1:${port}/x` })],
  ])('refuses to publish (%s)', async (_, open) => {
    const probe = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const bus = open((probe.address() as { port: number }).port);
    bus.subscribe(() => undefined);
    await expect(bus.publish(message)).rejects.toMatchObject({ code: 'bus.unavailable' });
    await bus.close();
    probe.close();
  });
});
