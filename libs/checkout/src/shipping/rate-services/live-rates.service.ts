import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@platform/config';
import { Db, type StoreReader, type StoreWriter } from '@platform/database';
import { Log } from '@platform/telemetry';
import { shippingErrors } from '../shipping.errors';
import { askService } from './ask-service';
import { RatesUnasked } from './offered-rates';
import type { AskedRates } from './rate-question';
import { keepAnswer, keepFailure, knownAnswers } from './rate-rows.queries';
import { RateSecrets } from './rate-secrets.service';

/** How long a shopper may have to wait for services of others. */
export const patience = {
  /** Of one call: carriers answer in one or two seconds, and a page that takes longer than three is left. */
  callMs: 3_000,
  /** Of all calls for one page, which are made at the same time; a second round takes what the first left. */
  budgetMs: 5_000,
  /** The cart may have changed while services were asked: then they are asked about the new one. */
  rounds: 3,
} as const;

/** Less than that is no chance to answer. */
const leastMs = 250;

/** Asks rate services between transactions, never inside one. */
@Injectable()
export class LiveRates {
  private readonly running = new Map<string, Promise<void>>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Db) private readonly db: Db,
    @Inject(Log) private readonly log: Log,
    @Inject(RateSecrets) private readonly secrets: RateSecrets,
  ) {}

  /** Changes a store by work that prices something, in a transaction that is begun anew once services have answered. */
  write<T>(storeId: string, work: (store: StoreWriter) => Promise<T>): Promise<T> {
    return this.asking(storeId, () => this.db.write(storeId, work));
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
        if (!(error instanceof RatesUnasked)) throw error;
        await Promise.all(error.asked.map((one) => this.ask(storeId, one, until - Date.now())));
      }
    }
    return work().catch((error: unknown) => {
      throw error instanceof RatesUnasked ? shippingErrors.error('rates-unsettled') : error;
    });
  }

  /** One call for a question, however many shoppers ask it at the same time. */
  private ask(storeId: string, asked: AskedRates, leftMs: number): Promise<void> {
    const key = `${storeId} ${asked.serviceId} ${asked.hash}`;
    const running = this.running.get(key);
    if (running) return running;
    const asking = this.askOnce(storeId, asked, Math.min(patience.callMs, leftMs)).finally(() =>
      this.running.delete(key),
    );
    this.running.set(key, asking);
    return asking;
  }

  private async askOnce(storeId: string, asked: AskedRates, timeoutMs: number): Promise<void> {
    const found = await this.db.read(storeId, async (store) => {
      const [known] = await knownAnswers(store, [asked]);
      // Somebody else was faster.
      return known?.good === true ? null : this.secrets.find(store, asked.serviceId);
    });
    if (!found) return;
    const { serviceId, question } = asked;
    const { allowPrivate } = this.config.fetch;
    const judged =
      timeoutMs < leastMs
        ? null
        : await askService(question, { ...found, storeId, serviceId, timeoutMs, allowPrivate });
    if (judged && 'fault' in judged) {
      this.log.warn({ storeId, serviceId, fault: judged.fault }, 'a rate service failed');
    }
    await this.db.write(storeId, (store) =>
      judged && 'rates' in judged
        ? keepAnswer(store, asked, judged.rates)
        : keepFailure(store, asked, judged && 'fault' in judged ? judged.fault : null),
    );
  }
}
