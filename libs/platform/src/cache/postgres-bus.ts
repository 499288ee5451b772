import { Client } from 'pg';
import { Bus, type BusMessage } from './bus';
import { busErrors } from './bus.errors';

/** Which database, and under which name. */
export interface PostgresBusOptions {
  url: string;
  /** Channel, a plain lower-case name. */
  channel?: string;
}

/** PostgreSQL refuses a payload of 8000 bytes and more. */
const largestPayload = 7_999;
const longestPauseMs = 10_000;

/**
 * The bus on LISTEN and NOTIFY, for deployments without Redis, over one connection of its own. Only the relay publishes
 * here, never a transaction that changes data: commits that notify wait for each other.
 */
export class PostgresBus extends Bus {
  private readonly url: string;
  private readonly channel: string;
  private client: Client | undefined;
  private opening: Promise<void> | undefined;
  private attempt: Promise<void> | undefined;
  private pause: NodeJS.Timeout | undefined;
  private closed = false;

  constructor({ url, channel = 'caravel_invalidate' }: PostgresBusOptions) {
    super();
    if (!/^[a-z][a-z0-9_]{0,62}$/.test(channel)) throw new Error(`No channel can be "${channel}".`);
    this.url = url;
    this.channel = channel;
  }

  async publish(message: BusMessage): Promise<void> {
    const whole = JSON.stringify(message);
    const text =
      Buffer.byteLength(whole) <= largestPayload ? whole : JSON.stringify({ ...message, tags: [] });
    try {
      // The try that is under way may still succeed; between two tries publishing fails at once.
      void this.ready();
      await this.attempt;
      if (!this.client) throw new Error('The connection is being restored.');
      await this.client.query('SELECT pg_notify($1, $2)', [this.channel, text]);
    } catch (cause) {
      throw busErrors.error('unavailable', {}, { cause });
    }
  }

  ready(): Promise<void> {
    this.opening ??= new Promise((resolve) => {
      this.attempt = this.connect(resolve, 0);
    });
    return this.opening;
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.pause);
    const { client } = this;
    this.client = undefined;
    await client?.end();
  }

  /**
   * One try; settles when it is decided, and plans the next one if it failed.
   * @param opened called when LISTEN has been answered
   * @param failures tries in vain since the last success
   */
  private connect(opened: () => void, failures: number): Promise<void> {
    const client = new Client({
      connectionString: this.url,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      application_name: 'caravel bus',
    });
    let lost = false;
    const lose = (soFar: number) => {
      if (lost || this.closed) return;
      lost = true;
      this.client = undefined;
      // The socket may be half open; ending it twice is harmless.
      client.end().catch(() => undefined);
      this.retry(opened, soFar);
    };
    client.on('error', () => lose(0));
    client.on('end', () => lose(0));
    client.on('notification', ({ payload }) => this.heard(payload ?? ''));
    return this.listen(client, opened).catch(() => lose(failures + 1));
  }

  private async listen(client: Client, opened: () => void): Promise<void> {
    await client.connect();
    await client.query(`LISTEN ${this.channel}`);
    if (this.closed) return client.end();
    this.client = client;
    opened();
  }

  private retry(opened: () => void, failures: number): void {
    const longest = Math.min(100 * 2 ** failures, longestPauseMs);
    this.pause = setTimeout(
      () => {
        this.attempt = this.connect(() => {
          opened();
          this.dropped();
        }, failures);
      },
      longest * (0.5 + Math.random() / 2),
    );
  }
}
