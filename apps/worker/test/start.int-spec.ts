import { Injectable, Module } from '@nestjs/common';
import { z } from 'zod';
import { loadConfig, loadSecrets } from '@platform/config';
import {
  defineEvent,
  defineJob,
  HandlesEvent,
  HandlesJob,
  OnSchedule,
  type ScheduleHandler,
  tag,
} from '@platform/outbox';
import { prepareQueues } from '@platform/queue';
import { type Lab, openLab } from '@testing';
import { startWorker, type WorkerOptions } from '../src/worker';
import { freePort } from './redis-server';

const payload = z.object({});
const wave = defineJob('start-test.wave', { version: 1, queue: 'swift', payload });
const stubborn = defineJob('start-test.stubborn', { version: 1, queue: 'heavy', payload });
const seen = defineEvent('start-test.seen', {
  version: 1,
  payload,
  makesStale: () => [tag('start-test', 1)],
});

const done = { waves: 0, ticks: 0, stubborn: 0 };

@Injectable()
@HandlesJob(wave)
class Wave {
  async run(): Promise<void> {
    done.waves += 1;
  }
}

@Injectable()
@HandlesJob(wave)
class WaveAgain extends Wave {}

/** Neither ends nor heeds its signal. */
@Injectable()
@HandlesJob(stubborn)
class Stubborn {
  run(): Promise<void> {
    done.stubborn += 1;
    return new Promise(() => undefined);
  }
}

@Injectable()
@HandlesJob({ ...wave, name: 'start-test.nobody-defines-me' })
class Undefined extends Wave {}

@Injectable()
@HandlesEvent({ ...seen, name: 'start-test.never-said' } as unknown as typeof seen)
class Deaf {
  async handle(): Promise<void> {}
}

@Injectable()
@OnSchedule('start-test.tick', { everyMs: 60_000 })
class Tick implements ScheduleHandler {
  async tick(): Promise<void> {
    done.ticks += 1;
  }
}

@Module({ providers: [Wave, Stubborn, Tick] })
class WholeModule {}

@Module({ providers: [Wave, WaveAgain, Stubborn] })
class TwiceModule {}

@Module({ providers: [Wave, Stubborn, Undefined] })
class UndefinedModule {}

@Module({ providers: [Wave, Stubborn, Deaf] })
class DeafModule {}

describe('the start of a worker', () => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await openLab({ modules: [] });
  });

  afterAll(() => lab.close());

  const options = (port: number): WorkerOptions => {
    const env = { ...lab.env, CARAVEL_WORKER_PORT: String(port) };
    return { name: 'worker', config: loadConfig(env), secrets: loadSecrets(env) };
  };

  it.each([
    [
      'a job without a handler',
      [],
      'The job start-test.wave has no handler: mount the worker face',
    ],
    ['a job with two', [TwiceModule], 'The job start-test.wave has two handlers'],
    [
      'a handler of an unknown job',
      [UndefinedModule],
      'Undefined handles the job start-test.nobody-defines-me',
    ],
    [
      'a handler of an unknown event',
      [DeafModule],
      'Deaf handles the event start-test.never-said, which no',
    ],
  ])('is refused with %s, in one sentence that names it', async (_, faces, sentence) => {
    await expect(startWorker(options(0), faces)).rejects.toThrow(sentence);
  });

  it('is refused while the queue has no tables', async () => {
    await expect(startWorker(options(0), [WholeModule])).rejects.toThrow(/bullmq/i);
  });

  it('works: a job asked for is done, the clock ticks, health and numbers are shown, the end is clean', async () => {
    await prepareQueues(lab.ownerUrl);
    await prepareQueues(lab.ownerUrl);
    const port = await freePort();
    const news: unknown[] = [];
    // The first one fails: the station after it must not care.
    const announcer = {
      publish: async (one: unknown) => {
        if (news.push(one) === 1) throw new Error('the bus is down');
      },
    };
    const worker = await startWorker({ ...options(port), announcer }, [WholeModule]);
    try {
      const storeId = await lab.aStore();
      await lab.db.write(storeId, async (store) => {
        store.enqueue(wave, {});
        store.publish(seen, {});
      });
      const get = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${port}${path}`);
      const metrics = async (): Promise<string> => (await get('/metrics')).text();
      const end = Date.now() + 10_000;
      while (
        !(await metrics()).includes('caravel_outbox_events_total 1') ||
        done.waves * done.ticks === 0
      ) {
        if (Date.now() > end) throw new Error(await metrics());
      }
      expect(news).toEqual([{ storeId, v: 2, tags: ['start-test:1'] }]);
      expect(done).toEqual({ waves: 1, ticks: 1, stubborn: 0 });
      expect((await get('/health/live')).status).toBe(200);
      expect((await get('/health/ready')).status).toBe(200);
      expect((await get('/else')).status).toBe(404);
      const text = await metrics();
      expect(text).toContain('caravel_jobs_total{name="start-test.wave",outcome="done"} 1');
      expect(text).toContain(
        'caravel_schedule_ticks_total{name="start-test.tick",outcome="done"} 1',
      );
    } finally {
      await worker.close();
    }
    await expect(fetch(`http://127.0.0.1:${port}/health/live`)).rejects.toThrow();
  });

  it('ends although a job does not, and gives that job back', async () => {
    const queue = { stopGraceMs: 200 };
    const worker = await startWorker({ ...options(0), queue }, [WholeModule]);
    await lab.db.outsideStores(async (tx) => tx.enqueue(stubborn, {}));
    const end = Date.now() + 10_000;
    const state = async (): Promise<unknown> =>
      lab.db.acrossStores('look at jobs for a test', (tx) =>
        tx.query('SELECT name, state, attempts FROM jobs'),
      );
    while (done.stubborn === 0) {
      const seenNow = JSON.stringify(await state());
      if (Date.now() > end) throw new Error(seenNow);
    }
    await worker.close();
    expect(await state()).toEqual([{ name: stubborn.name, state: 'ready', attempts: 0 }]);
  });
});
