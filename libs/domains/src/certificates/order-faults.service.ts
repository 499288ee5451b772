import { Inject, Injectable } from '@nestjs/common';
import { AppError, type Clock } from '@libs/kernel';
import { CLOCK } from '@libs/platform';
import { Db } from '@platform/database';
import { Log } from '@platform/telemetry';
import { AcmeError } from '../acme/acme-error';
import { classifyProblem, type FailureClass } from '../acme/failure-class';
import type { HostnameRow, OrderProblem } from '../hostname.entity';
import { after, pauseUntil, transientDelayMs } from '../machine/timing';
import { Authority } from './authority.service';
import type { CertOrder } from './cert-order.entity';
import { changeOrder, dropChallenges, failOrder } from './order-writes';
import { pauseScopes, savePause, type PauseScopes } from './pauses.queries';

/** One order with what it belongs to. */
export interface Work {
  storeId: string;
  hostname: HostnameRow;
  order: CertOrder;
}

const HOUR = 3_600_000;

/** Writes down what went wrong with an order, so that nobody waits in a worker: the next attempt has its time. */
@Injectable()
export class OrderFaults {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Authority) private readonly authority: Authority,
    @Inject(Log) private readonly log: Log,
  ) {}

  /** Deals with anything thrown by a step. Throws it again when it is no fault of authority or keys. */
  async handle(work: Work, error: unknown): Promise<void> {
    if (error instanceof AppError && error.code.startsWith('secrets.')) {
      await this.unreadableKey(work, error);
    } else if (error instanceof AcmeError) await this.refused(work, error);
    else throw error;
  }

  /** Closes an order that the authority does not know (any more); the next one begins at once. */
  async abandon({ storeId, order }: Work, error: OrderProblem | null): Promise<void> {
    const closedAt = this.clock.now();
    await this.db.write(storeId, async (store) => {
      await changeOrder(store, order, { state: 'abandoned', keySealed: null, error, closedAt });
      await dropChallenges(store, order.id);
    });
  }

  private async refused(work: Work, error: AcmeError): Promise<void> {
    // The worker is stopping: the next one goes on from here.
    if (error.type === 'aborted') return;
    const { storeId, hostname, order } = work;
    const now = this.clock.now();
    const problem = { type: error.type, detail: error.detail, at: now.toISOString() };
    const kind = classify(error);
    this.tell(work, problem, kind);
    if (error.operation === 'get-order' && error.status === 404) {
      return this.abandon(work, problem);
    }
    if (error.type === 'accountDoesNotExist') await this.authority.forgetAccount();
    if (kind === 'limited') return this.pause(work, error, problem);
    if (kind === 'transient') {
      const attempts = order.attempts + 1;
      const nextAt = after(now, transientDelayMs(attempts));
      const patch = { attempts, error: problem, nextAt };
      return this.db.write(storeId, (store) => changeOrder(store, order, patch));
    }
    const end = { problem, kind, now };
    await this.db.write(storeId, (store) => failOrder(store, hostname, order, end));
  }

  /** "Not now" counts as no attempt, and covers no more than it must. */
  private async pause(
    { storeId, hostname, order }: Work,
    error: AcmeError,
    problem: OrderProblem,
  ): Promise<void> {
    const until = pauseUntil(error.retryAfter, this.clock.now());
    const scopes = pauseScopes(order.directoryUrl, hostname.registrable, hostname.host);
    const scope = scopes[scopeOf(error)];
    await this.db.outsideStores((tx) => savePause(tx, scope, until, error.detail));
    await this.db.write(storeId, (store) =>
      changeOrder(store, order, { nextAt: until, error: problem }),
    );
  }

  /** A missing or wrong wrapping key is the operator's to mend; nothing is lost meanwhile. */
  private async unreadableKey(work: Work, error: AppError): Promise<void> {
    const now = this.clock.now();
    const problem = { type: error.code, detail: error.message, at: now.toISOString() };
    this.tell(work, problem, 'ours');
    const patch = { error: problem, nextAt: after(now, HOUR) };
    await this.db.write(work.storeId, (store) => changeOrder(store, work.order, patch));
  }

  private tell({ storeId, hostname }: Work, problem: OrderProblem, kind: FailureClass): void {
    const fields = { storeId, host: hostname.host, kind, ...problem };
    if (kind === 'ours') this.log.error(fields, 'The certificate authority found fault with us.');
    else this.log.warn(fields, 'An order of a certificate met with a fault.');
  }
}

function classify(error: AcmeError): FailureClass {
  // The account is registered again with the same key, so trying again is enough.
  if (error.type === 'accountDoesNotExist') return 'transient';
  return classifyProblem(error.type, error.status, error.retryAfter);
}

/** The problem types do not tell which limit was met, so the operation has to. */
function scopeOf(error: AcmeError): keyof PauseScopes {
  if (error.type !== 'rateLimited' || error.operation === 'new-account') return 'directory';
  return error.operation === 'new-order' ? 'registrable' : 'host';
}
