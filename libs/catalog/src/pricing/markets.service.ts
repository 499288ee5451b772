import { Injectable } from '@nestjs/common';
import {
  crossRate,
  decimalOfRate,
  isCurrency,
  marketPrice,
  newId,
  rateOfDecimal,
} from '@libs/kernel';
import { changedFields } from '@platform/audit';
import type { StoreReader, StoreWriter } from '@platform/database';
import { checkVersion } from '@platform/http';
import { MarketsChanged } from '../catalog.events';
import type { Market, MarketInput, MarketPatch, MarketRate } from '../contract/markets.contract';
import {
  type MarketRow,
  findMarket,
  insertMarket,
  listMarkets,
  listRates,
  openRate,
  referenceRates,
  updateMarket,
} from './market-rows.queries';
import { type MarketTerms, marketTerms } from './market-terms';
import { marketsErrors } from './markets.errors';
import { type DayRate, dayRates } from './rates/day-rates';
import { recomputeFacts } from './recompute-price-facts.job';

type Fields = Omit<MarketInput, 'rate'>;

interface Home {
  country: string;
  currency: string;
}

const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** Where a store sells in another currency, or under another rule, than at home. */
@Injectable()
export class Markets {
  /** Oldest first; there are few. */
  async list(store: StoreReader): Promise<Market[]> {
    return (await listMarkets(store)).map(viewOf);
  }

  /** @throws markets.not-found */
  async get(store: StoreReader, id: string): Promise<Market> {
    return viewOf(await this.row(store, id));
  }

  /** The rates that a market has had, the newest first. @throws markets.not-found */
  async rates(store: StoreReader, id: string): Promise<MarketRate[]> {
    await this.row(store, id);
    return listRates(store, id);
  }

  /** How a market sells at this moment; home where it is closed or gone. */
  async terms(store: StoreReader, market: string): Promise<MarketTerms> {
    return marketTerms(store, market, await homeOf(store, false));
  }

  /** What the currencies of markets are worth today, by market; see `dayRates`. */
  async dayRates(store: StoreReader): Promise<Map<string, DayRate>> {
    return dayRates(store, await homeOf(store, false));
  }

  /**
   * @throws markets.country-taken, .home-country, .unknown-country, .unknown-currency, .bad-ending, .rate-needed,
   *   .no-reference-rate
   */
  async create(store: StoreWriter, { rate, ...input }: MarketInput): Promise<Market> {
    const home = await homeOf(store, true);
    const id = newId();
    await this.check(store, id, input, home);
    await insertMarket(store, id, input);
    await this.setRate(store, { id, ...input }, { rate, home, running: null });
    const target = { kind: 'market', id };
    store.record({ action: 'market.created', target, after: { ...input, rate } });
    announce(store);
    return this.get(store, id);
  }

  /** @throws markets.not-found, .currency-fixed, http.version-conflict, http.version-mismatch and what `create` throws */
  async update(
    store: StoreWriter,
    id: string,
    { rate, ...patch }: MarketPatch,
    seen: { ifMatch: string | undefined; version: number | undefined },
  ): Promise<Market> {
    const home = await homeOf(store, true);
    const before = await this.row(store, id);
    checkVersion(before.version, seen);
    const { currency = before.currency } = patch;
    if (currency !== before.currency) {
      throw marketsErrors.error('currency-fixed', { currency }, { field: 'currency' });
    }
    const next: Fields = { ...before, ...patch };
    await this.check(store, id, next, home);
    if (!(await updateMarket(store, before, next)))
      checkVersion(before.version + 1, { version: before.version });
    await this.setRate(store, { ...next, id }, { rate, home, running: before });
    const after = await this.get(store, id);
    const target = { kind: 'market', id };
    store.record({ action: 'market.updated', target, ...changedFields(viewOf(before), after) });
    announce(store);
    return after;
  }

  private async row(store: StoreReader, id: string): Promise<MarketRow> {
    const found = await findMarket(store, id);
    if (!found) throw marketsErrors.error('not-found');
    return found;
  }

  /** Markets are compared with one another, so the store is locked. */
  private async check(store: StoreWriter, id: string, input: Fields, home: Home): Promise<void> {
    const { currency, countries, ending } = input;
    if (!isCurrency(currency))
      throw marketsErrors.error('unknown-currency', { currency }, { field: 'currency' });
    checkEnding(currency, ending);
    const others = (await listMarkets(store)).filter((market) => market.id !== id);
    for (const [index, country] of countries.entries()) {
      const field = { field: `countries.${index}` };
      if (country === 'ZZ' || names.of(country) === undefined)
        throw marketsErrors.error('unknown-country', { country }, field);
      if (country === home.country) throw marketsErrors.error('home-country', { country }, field);
      const taken = others.find((market) => market.countries.includes(country));
      if (taken) throw marketsErrors.error('country-taken', { country, market: taken.name }, field);
    }
  }

  /** Begins a new interval where the rate, the mark-up or the ending is another. */
  private async setRate(
    store: StoreWriter,
    market: Fields & { id: string },
    { rate, home, running }: { rate: string | undefined; home: Home; running: MarketRow | null },
  ): Promise<void> {
    const { currency, markupPpm, ending, rateSource } = market;
    if (currency === home.currency) return;
    const kept = running?.rate1e10 ?? null;
    const typed = rate === undefined ? null : rateOfDecimal(rate);
    const fetched =
      typed === null && kept === null && rateSource === 'ecb'
        ? await firstRate(store, home.currency, currency)
        : null;
    const rate1e10 = typed ?? fetched?.rate1e10 ?? kept;
    if (rate1e10 === null) {
      const words = { base: home.currency, currency };
      throw marketsErrors.error('rate-needed', words, { field: 'rate' });
    }
    const { running: shown } = running ?? { running: null };
    const same = shown?.markupPpm === markupPpm && alike(shown.ending, ending);
    if (rate1e10 === kept && same) return;
    const source = typed !== null ? 'manual' : (fetched?.source ?? shown?.source ?? 'manual');
    const day = fetched?.day ?? null;
    await openRate(store, { marketId: market.id, rate1e10, markupPpm, ending, source, day });
  }
}

/** A price in the market may be another, and so may what it is compared with. */
function announce(store: StoreWriter): void {
  store.publish(MarketsChanged, {});
  store.enqueue(recomputeFacts, {}, { dedupeKey: 'facts' });
}

async function homeOf(store: StoreReader, locked: boolean): Promise<Home> {
  const [home] = await store.query<Home>(
    `SELECT country, currency FROM stores WHERE store_id = $1${locked ? ' FOR NO KEY UPDATE' : ''}`,
    [store.storeId],
  );
  if (!home) throw new Error('The store is not there.');
  return home;
}

async function firstRate(store: StoreReader, base: string, currency: string) {
  const rates = await referenceRates(store, 'ecb', [base, currency]);
  const [from, to] = [rates.get(base), rates.get(currency)];
  if (!from || !to)
    throw marketsErrors.error('no-reference-rate', { currency }, { field: 'rateSource' });
  return { rate1e10: crossRate(from.rate1e10, to.rate1e10), source: 'ecb', day: to.day };
}

function checkEnding(currency: string, ending: Fields['ending']): void {
  try {
    marketPrice(1, { base: currency, currency, rate1e10: 1e10, markupPpm: 0, ending });
  } catch (cause) {
    const words = { currency, ending: String(ending?.on) };
    throw marketsErrors.error('bad-ending', words, { cause, field: 'ending' });
  }
}

function alike(a: Fields['ending'], b: Fields['ending']): boolean {
  return a?.on === b?.on && a?.direction === b?.direction;
}

function viewOf({ rate1e10, running: _, ...market }: MarketRow): Market {
  return { ...market, rate: rate1e10 === null ? null : decimalOfRate(rate1e10) };
}
