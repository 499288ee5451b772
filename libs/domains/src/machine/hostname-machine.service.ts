import { Inject, Injectable } from '@nestjs/common';
import { type Clock } from '@libs/kernel';
import { CLOCK } from '@libs/platform';
import { Db, type StoreWriter } from '@platform/database';
import { AdvanceHostname } from '../advance-hostname.job';
import { Authority } from '../certificates/authority.service';
import { CertOrders } from '../certificates/cert-orders.service';
import { HostnameRow } from '../hostname.entity';
import { changeHostname, MovedMeanwhile } from './change-hostname';
import { HostnameChecks } from './hostname-checks.service';
import { nextTask, type Situation, type Task } from './next-task';
import { releaseHostname, shredKeys } from './release-hostname';
import { readSituation } from './situation.queries';
import { after } from './timing';

/** More steps than any straight path has; what remains is left to the next run. */
const MAX_STEPS = 20;
/** Shorter waits get a job of their own; longer ones are the sweeper's. */
const NEAR_MS = 60_000;

/** Moves one hostname as far as it can go now: read, act, compare and set, again. Safe to interrupt and to run twice. */
@Injectable()
export class HostnameMachine {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Authority) private readonly authority: Authority,
    @Inject(HostnameChecks) private readonly checks: HostnameChecks,
    @Inject(CertOrders) private readonly orders: CertOrders,
  ) {}

  /** Works on a hostname until it must wait, and writes down until when. */
  async advance(storeId: string, hostnameId: string, signal?: AbortSignal): Promise<void> {
    for (let step = 0; step < MAX_STEPS; step += 1) {
      if (signal?.aborted) return;
      const situation = await this.db.read(storeId, (store) => readSituation(store, hostnameId));
      if (!situation) return;
      const task = nextTask(this.clock.now(), situation, this.authority.directoryUrl !== null);
      if (task.do === 'wait') {
        await this.rest(storeId, situation.hostname, task.until);
        return;
      }
      try {
        await this.perform(task.do, storeId, situation, signal);
      } catch (error) {
        if (!(error instanceof MovedMeanwhile)) throw error;
      }
    }
  }

  private perform(
    task: Exclude<Task['do'], 'wait'>,
    storeId: string,
    situation: Situation,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const { hostname } = situation;
    const change = (work: (store: StoreWriter) => Promise<unknown>) => this.db.write(storeId, work);
    const tasks: Record<typeof task, () => Promise<unknown>> = {
      check: () => this.checks.check(storeId, hostname),
      issue: () => change((store) => changeHostname(store, hostname, { state: 'issuing' })),
      'begin-order': () => this.orders.begin(storeId, situation),
      'step-order': () => this.orders.step(storeId, situation, signal),
      release: () => change((store) => releaseHostname(store, hostname, this.clock.now())),
      'shred-keys': () => change((store) => shredKeys(store, hostname)),
    };
    return tasks[task]();
  }

  private async rest(storeId: string, hostname: HostnameRow, until: Date | null): Promise<void> {
    const { id, version } = hostname;
    await this.db.write(storeId, async (store) => {
      // No new version: when to look again is not what the machine decides by.
      await store.rows(HostnameRow).update({ id, version }, { nextAt: until });
      if (until !== null && until <= after(this.clock.now(), NEAR_MS)) {
        store.enqueue(
          AdvanceHostname,
          { hostnameId: id },
          { runAt: until, dedupeKey: `${id}-v${version}` },
        );
      }
    });
  }
}
