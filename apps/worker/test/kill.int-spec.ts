import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { prepareQueues } from '@platform/queue';
import { type Lab, openLab } from '@testing';
import { heavyStep, KilledJobsModule, killedTables, steadyStep, swiftStep } from './killed-jobs';
import { hasRedis, type RedisServer, startRedis } from './redis-server';

const register = join(__dirname, '../../../libs/testing/jest/register.cjs');
const jobs = 180;

jest.setTimeout(60_000);

/** One deployment: a database, worker processes on it, and what they did. */
class Deployment {
  readonly workers = new Set<ChildProcess>();

  constructor(
    readonly lab: Lab,
    private readonly owner: Client,
    private readonly redisUrl: string | null,
  ) {}

  static async open(redisUrl: string | null): Promise<Deployment> {
    const lab = await openLab({ modules: [KilledJobsModule] });
    const owner = new Client({ connectionString: lab.ownerUrl });
    await owner.connect();
    await owner.query(killedTables);
    await prepareQueues(lab.ownerUrl);
    return new Deployment(lab, owner, redisUrl);
  }

  async enqueue(): Promise<void> {
    const stores = [await this.lab.aStore(), await this.lab.aStore(), await this.lab.aStore()];
    for (const [at, storeId] of stores.entries()) {
      await this.lab.db.write(storeId, async (store) => {
        for (let n = at; n < jobs; n += stores.length) {
          const job = n % 40 === 0 ? heavyStep : n % 3 === 0 ? steadyStep : swiftStep;
          store.enqueue(job, { n });
        }
      });
    }
  }

  async startWorker(): Promise<ChildProcess> {
    const worker = fork(join(__dirname, 'worker-process.ts'), {
      execArgv: ['-r', register],
      env: {
        PATH: process.env['PATH'],
        ...this.lab.env,
        CARAVEL_WORKER_PORT: '0',
        LOG_LEVEL: 'silent',
        ...(this.redisUrl === null ? {} : { REDIS_URL: this.redisUrl }),
      },
    });
    this.workers.add(worker);
    worker.once('exit', () => this.workers.delete(worker));
    const [message] = (await Promise.race([
      once(worker, 'message'),
      once(worker, 'exit').then(([code]) => [`exit ${code}`]),
    ])) as [string];
    expect(message).toBe('ready');
    return worker;
  }

  async kill(worker: ChildProcess): Promise<void> {
    const gone = once(worker, 'exit');
    worker.kill('SIGKILL');
    await gone;
  }

  async count(of: string): Promise<number> {
    const { rows } = await this.owner.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${of}`);
    return rows[0]?.n ?? -1;
  }

  /** Waits, looking often. */
  async until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + 30_000;
    while (!(await holds())) {
      if (Date.now() > end) throw new Error(`Waited too long: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async quiet(): Promise<void> {
    const open = `(SELECT 1 FROM outbox_events UNION ALL SELECT 1 FROM jobs WHERE state <> 'dead') AS open`;
    await this.until('all work is done', async () => (await this.count(open)) === 0);
  }

  async expectEachOnce(): Promise<void> {
    expect(await this.count('kill_effects')).toBe(jobs);
    expect(await this.count('kill_reactions')).toBe(jobs);
    expect(await this.count('jobs')).toBe(0);
  }

  async close(): Promise<void> {
    await Promise.all([...this.workers].map((worker) => this.kill(worker)));
    await this.owner.end();
    await this.lab.close();
  }
}

async function withDeployment(
  redisUrl: string | null,
  work: (deployment: Deployment) => Promise<void>,
): Promise<void> {
  const deployment = await Deployment.open(redisUrl);
  try {
    await work(deployment);
  } finally {
    await deployment.close();
  }
}

async function killAtRandom(deployment: Deployment): Promise<void> {
  await deployment.enqueue();
  for (const portion of [0.2, 0.5]) {
    const worker = await deployment.startWorker();
    const mark = Math.floor(jobs * (portion + Math.random() * 0.1));
    await deployment.until(
      'some work is done',
      async () => (await deployment.count('kill_effects')) >= mark,
    );
    expect(await deployment.count('jobs')).toBeGreaterThan(0);
    await deployment.kill(worker);
  }
  await Promise.all([deployment.startWorker(), deployment.startWorker()]);
  await deployment.quiet();
  // Otherwise no kill has hit a running job and the test says nothing.
  expect(await deployment.count('kill_runs')).toBeGreaterThan(jobs);
  await deployment.expectEachOnce();
}

describe('a worker on PostgreSQL alone', () => {
  it('killed in the middle of jobs loses nothing and doubles nothing', () =>
    withDeployment(null, killAtRandom));

  it('stops gracefully: running jobs end, nothing stays held, BullMQ keeps no rubbish', () =>
    withDeployment(null, async (deployment) => {
      await deployment.enqueue();
      const worker = await deployment.startWorker();
      const begun = async (): Promise<boolean> => (await deployment.count('kill_effects')) > 20;
      await deployment.until('some work is done', begun);
      const gone = once(worker, 'exit');
      // What its parent's death looks like to it.
      worker.disconnect();
      expect(await gone).toEqual([0, null]);
      expect(await deployment.count(`jobs WHERE state = 'running'`)).toBe(0);
      expect(await deployment.count('kill_runs')).toBe(await deployment.count('kill_effects'));
      await deployment.startWorker();
      await deployment.quiet();
      await deployment.expectEachOnce();
      await deployment.until(
        'the queue is empty',
        async () => (await deployment.count('bullmq.job')) === 0,
      );
    }));
});

(hasRedis() ? describe : describe.skip)('a worker on Redis', () => {
  let redis: RedisServer;

  beforeAll(async () => {
    redis = await startRedis();
  });

  afterAll(() => redis.stop());

  it('killed in the middle of jobs loses nothing and doubles nothing', () =>
    withDeployment(redis.url, killAtRandom));

  it('whose Redis is wiped loses nothing and doubles nothing', () =>
    withDeployment(redis.url, async (deployment) => {
      const client = new Redis(redis.url);
      try {
        await deployment.enqueue();
        await deployment.startWorker();
        for (const portion of [0.2, 0.5, 0.8]) {
          const reached = async (): Promise<boolean> =>
            (await deployment.count('kill_effects')) >= jobs * portion;
          await deployment.until('some work is done', reached);
          await client.flushall();
        }
        await deployment.quiet();
        await deployment.expectEachOnce();
      } finally {
        client.disconnect();
      }
    }));
});
