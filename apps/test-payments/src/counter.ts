import { type Behaviour, type BehaviourPatch, behaviourFor } from './behaviour';
import { type BookObject, type BookPayment, type Books, newBookId } from './books';
import type { WebhookSender } from './webhook-sender';

/** A request that the provider turns down. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: 402 | 404 | 409 | 422,
    readonly code: string,
  ) {
    super(code);
  }
}

/** What a shopper does on the provider's page. */
export type Choice = 'pay' | 'check' | 'decline' | 'leave' | 'confirm' | 'reject';

const hour = 3_600_000;

/** Where the provider does its business: every change of its books is made here, and told by webhook. */
export class Counter {
  private readonly wishes = new Map<string, BehaviourPatch>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly unsettled: (() => void)[] = [];

  constructor(
    private readonly books: Books,
    private readonly sender: WebhookSender,
  ) {}

  /** How the provider is to treat an account from now on. */
  behave(account: string, wish: BehaviourPatch): void {
    this.wishes.set(account, wish);
  }

  /** The account's behaviour for a payment of that amount. */
  behaviour(account: string, amountMinor: number): Behaviour {
    return behaviourFor(this.wishes.get(account), amountMinor);
  }

  /** Lets everything that is pending come to its end now. */
  settle(): number {
    const waiting = this.unsettled.splice(0);
    for (const end of waiting) end();
    return waiting.length;
  }

  /** Ends all waiting. */
  close(): void {
    for (const timer of this.timers) clearTimeout(timer);
  }

  /** The shopper does something on the page. Does nothing on a payment that is over. */
  async choose(payment: BookPayment, choice: Choice): Promise<void> {
    const behaviour = this.behaviour(payment.account, payment.amountMinor);
    if (payment.page === 'done' || payment.page === 'canceled') return;
    if (payment.page === 'challenge') return this.answerChallenge(payment, choice, behaviour);
    if (choice === 'leave') return;
    if (choice === 'decline' || behaviour.outcome !== 'succeed') {
      return this.decline(
        payment,
        behaviour.outcome === 'fail' ? 'processing_error' : behaviour.code,
      );
    }
    if (choice === 'check' || behaviour.threeDS !== 'none') {
      payment.page = 'challenge';
      return this.change(payment, [object(payment, { kind: 'auth', status: 'action_required' })]);
    }
    return this.pay(payment, behaviour);
  }

  /** Captures a part of the authorization. Throws `Refusal`. */
  async capture(
    payment: BookPayment,
    input: { amountMinor: number; final: boolean; key: string },
  ): Promise<void> {
    const behaviour = this.behaviour(payment.account, payment.amountMinor);
    const auth = payment.objects.find(
      ({ kind, status }) => kind === 'auth' && status === 'authorized',
    );
    if (!auth) throw new Refusal(409, 'nothing_authorized');
    if (input.amountMinor > auth.amountMinor - captured(payment)) {
      throw new Refusal(422, 'amount_too_large');
    }
    if (behaviour.capture === 'fail') throw new Refusal(402, behaviour.code);
    const part = object(payment, {
      kind: 'capture',
      status: behaviour.capture === 'pending' ? 'pending' : 'succeeded',
      parentId: auth.id,
      amountMinor: input.amountMinor,
      currency: auth.currency,
      operationKey: input.key,
    });
    const rest = input.final && input.amountMinor + captured(payment) < auth.amountMinor;
    await this.change(payment, rest ? [part, { ...auth, status: 'voided' }] : [part]);
    if (behaviour.capture === 'pending') this.endLater(payment, part, behaviour);
  }

  /** Makes sure that nobody can pay any more. */
  async cancel(payment: BookPayment): Promise<void> {
    payment.page = 'canceled';
    const open = payment.objects.filter(
      ({ kind, status }) => kind === 'auth' && ['authorized', 'action_required'].includes(status),
    );
    if (open.length === 0 && payment.objects.every(({ kind }) => kind !== 'capture')) {
      open.push(object(payment, { kind: 'auth', status: 'voided' }));
    }
    await this.change(
      payment,
      open.map((auth) => ({ ...auth, status: 'voided' })),
    );
  }

  /** Gives back a part of a capture. Throws `Refusal`. */
  async refund(
    payment: BookPayment,
    input: { captureId: string; amountMinor: number; key: string },
  ): Promise<void> {
    const behaviour = this.behaviour(payment.account, payment.amountMinor);
    const capture = payment.objects.find(
      ({ id, status }) => id === input.captureId && status === 'succeeded',
    );
    if (!capture) throw new Refusal(404, 'no_such_capture');
    const given = sum(
      payment.objects.filter(
        ({ parentId, kind, status }) =>
          parentId === capture.id && kind === 'refund' && status !== 'failed',
      ),
    );
    if (input.amountMinor > capture.amountMinor - given) throw new Refusal(422, 'amount_too_large');
    if (behaviour.refund === 'fail') throw new Refusal(402, 'refund_refused');
    const refund = object(payment, {
      kind: 'refund',
      status: behaviour.refund === 'pending' ? 'pending' : 'succeeded',
      parentId: capture.id,
      amountMinor: input.amountMinor,
      currency: capture.currency,
      operationKey: input.key,
    });
    await this.change(payment, [refund]);
    if (behaviour.refund === 'pending') this.endLater(payment, refund, behaviour);
  }

  private answerChallenge(
    payment: BookPayment,
    choice: Choice,
    behaviour: Behaviour,
  ): Promise<void> {
    if (choice === 'leave' || behaviour.threeDS === 'abandon') return Promise.resolve();
    if (choice !== 'confirm' || behaviour.threeDS === 'fail') {
      return this.decline(payment, 'authentication_failed');
    }
    return this.pay(payment, behaviour);
  }

  private decline(payment: BookPayment, reason: string): Promise<void> {
    payment.page = 'open';
    const open = payment.objects.find(
      ({ kind, status }) => kind === 'auth' && status === 'action_required',
    );
    const failed = open ?? object(payment, { kind: 'auth' });
    return this.change(payment, [{ ...failed, status: 'failed', reason }]);
  }

  private async pay(payment: BookPayment, behaviour: Behaviour): Promise<void> {
    payment.page = 'done';
    if (behaviour.late) {
      this.books.keep(payment);
      this.later(behaviour.settleMs, () => void this.take(payment, behaviour));
      return;
    }
    await this.take(payment, behaviour);
  }

  private async take(payment: BookPayment, behaviour: Behaviour): Promise<void> {
    const money = {
      amountMinor: payment.amountMinor + behaviour.amountDelta,
      currency: behaviour.currencySwap ?? payment.currency,
    };
    const challenged = payment.objects.find(
      ({ kind, status }) => kind === 'auth' && status === 'action_required',
    );
    const auth = { ...(challenged ?? object(payment, { kind: 'auth' })), ...money };
    const times = behaviour.secondSuccess ? [1, 2] : [1];
    for (const time of times) {
      const made: BookObject[] = [];
      if (payment.capture === 'later') {
        const { authorizedHours: hours } = behaviour;
        const dueAt = hours === null ? null : new Date(Date.now() + hours * hour).toISOString();
        const id = time === 1 ? auth.id : newBookId('auth');
        made.push({ ...auth, id, status: 'authorized', dueAt });
      } else {
        if (challenged && time === 1) made.push({ ...auth, status: 'voided' });
        const pending = behaviour.capture === 'pending';
        made.push(
          object(payment, { ...money, kind: 'capture', status: pending ? 'pending' : 'succeeded' }),
        );
        if (pending) this.endLater(payment, made.at(-1)!, behaviour);
      }
      await this.change(payment, made);
    }
    if (behaviour.dispute) this.disputeLater(payment, behaviour.dispute);
  }

  private endLater(payment: BookPayment, pending: BookObject, behaviour: Behaviour): void {
    const status =
      behaviour[pending.kind === 'refund' ? 'refund' : 'capture'] === 'fail'
        ? 'failed'
        : 'succeeded';
    this.later(behaviour.settleMs, () => void this.change(payment, [{ ...pending, status }]));
  }

  private disputeLater(
    payment: BookPayment,
    { afterMs, end }: NonNullable<Behaviour['dispute']>,
  ): void {
    this.later(afterMs, () => {
      const dueAt = new Date(Date.now() + 7 * 24 * hour).toISOString();
      const capture = payment.objects.find(({ kind }) => kind === 'capture');
      const parentId = capture?.id ?? null;
      const dispute = object(payment, {
        kind: 'dispute',
        status: 'open',
        parentId,
        dueAt,
        reason: 'fraudulent',
      });
      void this.change(payment, [dispute]);
      if (end !== null)
        this.later(afterMs, () => void this.change(payment, [{ ...dispute, status: end }]));
    });
  }

  /** @param ms null for when it is told to settle */
  private later(ms: number | null, action: () => void): void {
    if (ms === null) {
      this.unsettled.push(action);
      return;
    }
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      action();
    }, ms);
    this.timers.add(timer);
  }

  private async change(payment: BookPayment, changed: BookObject[]): Promise<void> {
    const at = new Date().toISOString();
    for (const next of changed) {
      const stamped = { ...next, at };
      const place = payment.objects.findIndex(({ id }) => id === next.id);
      if (place < 0) payment.objects.push(stamped);
      else payment.objects[place] = stamped;
    }
    this.books.keep(payment);
    if (changed.length === 0) return;
    const told = changed.map(({ id }) => payment.objects.find((known) => known.id === id)!);
    await this.sender.tell(
      payment,
      structuredClone(told),
      this.behaviour(payment.account, payment.amountMinor),
    );
  }
}

function object(
  { amountMinor, currency }: BookPayment,
  given: Partial<BookObject> & Pick<BookObject, 'kind'>,
): BookObject {
  return {
    id: newBookId(given.kind),
    parentId: null,
    status: 'open',
    amountMinor,
    currency,
    at: new Date().toISOString(),
    reason: null,
    operationKey: null,
    dueAt: null,
    ...given,
  };
}

function captured({ objects }: BookPayment): number {
  return sum(objects.filter(({ kind, status }) => kind === 'capture' && status !== 'failed'));
}

function sum(objects: readonly BookObject[]): number {
  return objects.reduce((total, { amountMinor }) => total + amountMinor, 0);
}
