import { createHmac } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Behaviour } from './behaviour';
import { type BookObject, type BookPayment, newBookId } from './books';

interface Delivery {
  url: string;
  body: string;
  secret: string;
  fault: Behaviour['webhook']['fault'];
}

/** Waits before an event that was not taken is sent again, milliseconds. */
const retries = [500, 1000, 2000, 4000, 8000, 16_000, 30_000];

/** Sends events to merchants, as late, often and wrong as it is told to. */
export class WebhookSender {
  private held: Delivery[] = [];
  private readonly running = new Set<Promise<void>>();
  private readonly stop = new AbortController();

  constructor() {
    // Every event that waits listens: there is no telling how many.
    setMaxListeners(0, this.stop.signal);
  }

  /**
   * Tells the merchant what changed.
   * @returns when it has been delivered, if it is to be before the answer; at once otherwise
   */
  async tell(
    payment: BookPayment,
    changed: readonly BookObject[],
    { webhook }: Behaviour,
  ): Promise<void> {
    if (webhook.never) return;
    const deliveries = Array.from({ length: webhook.times }, () => null).map((): Delivery => ({
      url: payment.webhookUrl,
      secret: payment.account,
      fault: webhook.fault,
      body: '',
    }));
    const body = JSON.stringify(eventOf(payment, changed, webhook.fault));
    for (const delivery of deliveries) delivery.body = body;
    if (webhook.hold) {
      this.held.push(...deliveries);
      return;
    }
    const sent = this.run(() => this.deliver(deliveries, webhook.afterMs));
    if (webhook.beforeAnswer) await sent;
  }

  /**
   * Sends what was held back and waits until it is delivered.
   * @param seed decides the order; null for the order of the events
   */
  async release(seed: number | null): Promise<number> {
    const held = this.held;
    this.held = [];
    for (const delivery of seed === null ? held : shuffled(held, seed)) {
      await this.deliver([delivery], 0);
    }
    return held.length;
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    this.stop.abort();
    await Promise.all(this.running);
  }

  private run(work: () => Promise<void>): Promise<void> {
    const running = work()
      .catch(() => undefined)
      .finally(() => this.running.delete(running));
    this.running.add(running);
    return running;
  }

  private async deliver(deliveries: Delivery[], afterMs: number): Promise<void> {
    if (afterMs > 0) await wait(afterMs, undefined, { signal: this.stop.signal });
    for (const delivery of deliveries) {
      for (const pause of [...retries, null]) {
        // What is wrong on purpose is refused, and stays wrong.
        if ((await post(delivery)) || delivery.fault !== 'none' || pause === null) break;
        await wait(pause, undefined, { signal: this.stop.signal });
      }
    }
  }
}

function eventOf(
  payment: BookPayment,
  objects: readonly BookObject[],
  fault: Behaviour['webhook']['fault'],
) {
  return {
    id: newBookId('evt'),
    type: `payment.${objects.at(-1)?.kind ?? 'auth'}.${objects.at(-1)?.status ?? 'updated'}`,
    livemode: false,
    account: fault === 'wrong_account' ? 'another' : payment.account.slice(-8),
    payment: { id: payment.id, paymentId: payment.paymentId, objects },
  };
}

/** Whether it was taken. Names of this machine lead to this machine, whatever its resolver says. */
function post({ url, body, secret, fault }: Delivery): Promise<boolean> {
  const { hostname, port, pathname, host } = new URL(url);
  const local = hostname === 'localhost' || hostname.endsWith('.localhost');
  const at = Math.floor(Date.now() / 1000) - (fault === 'old_timestamp' ? 3600 : 0);
  const key = fault === 'bad_signature' ? 'another secret' : secret;
  const signature = createHmac('sha256', key).update(`${at}.${body}`).digest('hex');
  return new Promise((done) => {
    const sending = request({
      host: local ? '127.0.0.1' : hostname,
      port,
      path: pathname,
      method: 'POST',
      timeout: 10_000,
      headers: {
        host,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'test-payments-signature': `t=${at},v1=${signature}`,
      },
    });
    sending.on('response', (response) => {
      response.resume();
      done(response.statusCode === 200);
    });
    sending.on('timeout', () => sending.destroy());
    sending.on('error', () => done(false));
    sending.end(body);
  });
}

/** Fisher and Yates, with a small generator (mulberry32) so that a seed gives one order. */
function shuffled<T>(list: readonly T[], seed: number): T[] {
  const result = [...list];
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.floor(next() * (last + 1));
    [result[last], result[other]] = [result[other]!, result[last]!];
  }
  return result;
}
