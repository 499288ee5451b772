import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@platform/config';
import { Db, type StoreReader, type StoreWriter, type WriteOptions } from '@platform/database';
import { SigningSecrets } from '@platform/secrets';
import { Log } from '@platform/telemetry';
import { shippingErrors } from '../shipping/shipping.errors';
import { askService } from './ask-service';
import { keepAnswer, keepFailure, knownAnswers } from './answer-rows.queries';
import { type Asked, Unasked } from './asked';

/** How long a shopper may have to wait for services of others. */
export const patience = {
  /** Of one call: carriers answer in one or two seconds, and a page that takes longer than three is left. */
  callMs: 3_000,
  /** Of all calls for one page, which are made at the same time; a second round takes what the first left. */
  budgetMs: 5_000,
  /** Shipping rates, then taxes; and the cart may have changed meanwhile: then they are asked about the new one. */
  rounds: 4,
} as const;

/** Less than that is no chance to answer. */
const leastMs = 250;

/** Asks services of others between transactions, never inside one. */
@Injectable()
export class LiveAnswers {
  private readonly running = new Map<string, Promise<void>>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Db) private readonly db: Db,
    @Inject(Log) private readonly log: Log,
    @Inject(SigningSecrets) private readonly secrets: SigningSecrets,
  ) {}

  /** Changes a store by work that prices something, in a transaction that is begun anew once services have answered. */
  write<T>(
    storeId: string,
    work: (store: StoreWriter) => Promise<T>,
    options?: WriteOptions,
  ): Promise<T> {
    return this.asking(storeId, () => this.db.write(storeId, work, options));
  }

  /** The same for work that only reads. */
  read<T>(storeId: string, work: (store: StoreReader) => Promise<T>): Promise<T> {
    return this.asking(storeId, () => this.db.read(storeId, work));
  }

  /**
   * Does work that opens transactions; where one of them says that services must be asked, asks them and does it again.
   * @param work leaves nothing behind when it throws
   * @throws shipping.rates-unsettled when the question was another one each time
   */
  async asking<T>(storeId: string, work: () => Promise<T>): Promise<T> {
    const until = Date.now() + patience.budgetMs;
    for (let round = 1; round <= patience.rounds; round += 1) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof Unasked)) throw error;
        await Promise.all(error.asked.map((one) => this.ask(storeId, one, until - Date.now())));
      }
    }
    return work().catch((error: unknown) => {
      throw error instanceof Unasked ? shippingErrors.error('rates-unsettled') : error;
    });
  }

  /** One call for a question, however many shoppers ask it at the same time. */
  private ask(storeId: string, asked: Asked, leftMs: number): Promise<void> {
    const key = `${storeId} ${asked.serviceId} ${asked.hash}`;
    const running = this.running.get(key);
    if (running) return running;
    const asking = this.askOnce(storeId, asked, Math.min(patience.callMs, leftMs)).finally(() =>
      this.running.delete(key),
    );
    this.running.set(key, asking);
    return asking;
  }

  private async askOnce(storeId: string, asked: Asked, timeoutMs: number): Promise<void> {
    const found = await this.db.read(storeId, async (store) => {
      const [known] = await knownAnswers(store, asked.kind, [asked]);
      // Somebody else was faster.
      return known?.good === true ? null : this.whereOf(store, asked);
    });
    if (!found) return;
    const { allowPrivate } = this.config.fetch;
    const judged =
      timeoutMs < leastMs
        ? null
        : await askService(asked, { ...found, storeId, timeoutMs, allowPrivate });
    if (judged && 'fault' in judged) {
      const { kind, serviceId } = asked;
      this.log.warn({ storeId, serviceId, fault: judged.fault }, `a ${kind.name} service failed`);
    }
    await this.db.write(storeId, (store) =>
      judged && 'answer' in judged
        ? keepAnswer(store, asked, judged.answer)
        : keepFailure(store, asked, judged && 'fault' in judged ? judged.fault : null),
    );
  }

  /** Where a service is asked and with which secrets; null for one that is gone or not active. */
  private async whereOf(store: StoreReader, { kind: { signed }, serviceId }: Asked) {
    const [row] = await store.query<{ address: string }>(
      `SELECT address FROM ${signed.table} WHERE store_id = $1 AND service_id = $2 AND active`,
      [store.storeId, serviceId],
    );
    return row ? { ...row, secrets: await this.secrets.find(store, signed, serviceId) } : null;
  }
}
