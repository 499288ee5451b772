import { Inject, Injectable, Module } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '@platform/database';
import {
  defineEvent,
  defineJob,
  type EventHandler,
  HandlesEvent,
  HandlesJob,
  type JobContext,
  type JobHandler,
} from '@platform/outbox';

const payload = z.object({ n: z.number() });

/** A fact that each job states once. */
export const effectMade = defineEvent('kill-test.effect-made', { version: 1, payload });

/** A job of each urgency that writes one row, slowly enough to be killed in the middle. */
export const swiftStep = defineJob('kill-test.swift-step', { version: 1, queue: 'swift', payload });
export const steadyStep = defineJob('kill-test.steady-step', {
  version: 1,
  queue: 'steady',
  payload,
});
export const heavyStep = defineJob('kill-test.heavy-step', { version: 1, queue: 'heavy', payload });

/** The tables of these jobs, beside the platform's own. */
export const killedTables = `
  CREATE TABLE kill_runs (n int NOT NULL);
  CREATE TABLE kill_effects (n int PRIMARY KEY);
  CREATE TABLE kill_reactions (n int PRIMARY KEY);
`;

/** The idempotent form of a handler: what it writes can be there once, and says so in the same transaction. */
@Injectable()
class Step {
  constructor(@Inject(Db) private readonly db: Db) {}

  async run({ n }: { n: number }, { storeId }: JobContext): Promise<void> {
    const store = storeId ?? '';
    await this.db.write(store, (tx) => tx.execute('INSERT INTO kill_runs VALUES ($1)', [n]));
    await this.db.write(store, async (tx) => {
      const sql = 'INSERT INTO kill_effects VALUES ($1) ON CONFLICT DO NOTHING';
      const written = await tx.execute(sql, [n]);
      await tx.query('SELECT pg_sleep(random() * 0.04)');
      if (written > 0) tx.publish(effectMade, { n });
    });
    await this.db.write(store, (tx) => tx.query('SELECT pg_sleep(random() * 0.01)'));
  }
}

@Injectable()
@HandlesJob(swiftStep)
class SwiftStep extends Step implements JobHandler<typeof swiftStep> {}

@Injectable()
@HandlesJob(steadyStep)
class SteadyStep extends Step implements JobHandler<typeof steadyStep> {}

@Injectable()
@HandlesJob(heavyStep)
class HeavyStep extends Step implements JobHandler<typeof heavyStep> {}

@Injectable()
@HandlesEvent(effectMade)
class NoteEffect implements EventHandler<typeof effectMade> {
  constructor(@Inject(Db) private readonly db: Db) {}

  async handle({ n }: { n: number }, { storeId }: JobContext): Promise<void> {
    const sql = 'INSERT INTO kill_reactions VALUES ($1) ON CONFLICT DO NOTHING';
    await this.db.write(storeId ?? '', (tx) => tx.execute(sql, [n]));
  }
}

/** The worker face of these jobs. */
@Module({ providers: [SwiftStep, SteadyStep, HeavyStep, NoteEffect] })
export class KilledJobsModule {}
