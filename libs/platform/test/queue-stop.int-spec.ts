import { Injectable, Module } from '@nestjs/common';
import { z } from 'zod';
import { defineJob, HandlesJob, type JobContext } from '@platform/outbox';
import { HandlerRegistry, JobLedger, JobRunner } from '@platform/queue';
import { type Lab, openLab } from '@testing';

const manner = z.object({ manner: z.enum(['quick', 'heeds', 'deaf']) });
const long = defineJob('stop-test.long', { version: 1, queue: 'swift', payload: manner });

@Injectable()
@HandlesJob(long)
class Long {
  readonly reasons: string[] = [];
  private readonly begun = new Map<string, () => void>();

  /** Resolves when a job of that manner runs. */
  hasBegun(of: string): Promise<void> {
    return new Promise((resolve) => this.begun.set(of, resolve));
  }

  async run({ manner: how }: z.output<typeof manner>, { signal }: JobContext): Promise<void> {
    this.begun.get(how)?.();
    if (how === 'quick') return;
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => {
        this.reasons.push((signal.reason as Error).message);
        if (how === 'heeds') resolve();
      });
    });
    signal.throwIfAborted();
  }
}

@Module({ providers: [Long] })
class FixtureModule {}

describe('a job that runs long', () => {
  let lab: Lab;
  let ledger: JobLedger;
  let runner: JobRunner;

  beforeEach(async () => {
    lab = await openLab({ modules: [FixtureModule] });
    ledger = new JobLedger(lab.db, 60_000);
    runner = new JobRunner(ledger, HandlerRegistry.discover(lab.module), () => undefined);
  });

  afterEach(() => lab.close());

  const begin = async (how: z.output<typeof manner>['manner']) => {
    await lab.db.outsideStores(async (tx) => tx.enqueue(long, { manner: how }));
    const job = await ledger.claimNext({ names: [long.name], until: null, except: [] });
    if (job === null) throw new Error('There should be a job.');
    const begun = lab.get(Long).hasBegun(how);
    const report = runner.run(job);
    await begun;
    return { job, report };
  };
  const states = (): Promise<unknown[]> =>
    lab.db.acrossStores('look at jobs for a test', (tx) =>
      tx.query('SELECT state, attempts FROM jobs ORDER BY job_id'),
    );

  it('is told to stop, and given back untried when it does, and when it does not', async () => {
    const heeding = await begin('heeds');
    await begin('deaf');
    await runner.stop(200);
    expect((await heeding.report).outcome).toBe('released');
    expect(lab.get(Long).reasons).toEqual(['The worker stops.', 'The worker stops.']);
    const released = { state: 'ready', attempts: 0 };
    expect(await states()).toEqual([released, released]);
  });

  it('may end in peace when it ends in time', async () => {
    const { report } = await begin('quick');
    await runner.stop(60_000);
    expect((await report).outcome).toBe('done');
    expect(await states()).toEqual([]);
  });

  it('that is handed to a stopping worker goes back', async () => {
    await runner.stop(0);
    await lab.db.outsideStores(async (tx) => tx.enqueue(long, { manner: 'quick' }));
    const [row] = await lab.db.acrossStores('hand out for a test', (tx) =>
      tx.query<{ jobId: string }>(
        `UPDATE jobs SET state = 'queued', dispatches = 1 RETURNING job_id AS "jobId"`,
      ),
    );
    await runner.take({ jobId: row?.jobId ?? '', dispatch: 1 });
    expect(await states()).toEqual([{ state: 'ready', attempts: 0 }]);
  });

  it('learns at the next heartbeat that somebody else has it now, and leaves the row alone', async () => {
    const { report } = await begin('heeds');
    await runner.heartbeat();
    expect(lab.get(Long).reasons).toEqual([]);
    await lab.db.acrossStores('let time pass for a test', (tx) =>
      tx.execute(`UPDATE jobs SET lease_until = now() - interval '1 s'`),
    );
    expect((await ledger.sweep()).returned).toBe(1);
    await runner.heartbeat();
    expect((await report).outcome).toBe('lost');
    expect(lab.get(Long).reasons).toEqual(['The job belongs to another worker.']);
    expect(await states()).toEqual([{ state: 'ready', attempts: 1 }]);
  });

  it('is told so when the database was silent for longer than the lease', async () => {
    const { report } = await begin('heeds');
    runner.abandon();
    expect((await report).outcome).toBe('lost');
    expect(await states()).toEqual([{ state: 'running', attempts: 1 }]);
  });
});
