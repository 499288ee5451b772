import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { CONFIG, type Config } from '@platform/config';

/** A page costs about a millisecond, on a busy machine ten; what costs less than this is nobody's burden. */
const cheapMs = 20;

/** What a store may owe before it has to rest: a burst of dear pages, such as the first after a change. */
const creditMs = 300;

/** The part of all render processes' time that dear pages of one store may take in the long run. */
const longRun = 0.1;

/** Previews of a store stand in a line of their own: what they cost its shoppers must not wait for. */
export function previewLine(storeId: string): string {
  return `preview ${storeId}`;
}

interface Debt {
  ms: number;
  at: number;
}

/** What dear pages of each store have cost of late; who owes too much rests until it is worked off. */
@Injectable()
export class StoreCosts {
  private readonly debts = new LRUCache<string, Debt>({ max: 10_000 });
  private readonly rate: number;

  constructor(@Inject(CONFIG) config: Pick<Config, 'shop'>) {
    this.rate = longRun * config.shop.renderProcesses;
  }

  /** @param ms of CPU that a page took @param now milliseconds of any steady clock */
  spend(store: string, ms: number, now: number): void {
    if (ms < cheapMs) return;
    this.debts.set(store, { ms: this.owed(store, now) + ms, at: now });
  }

  /** How many milliseconds a store has to wait before its next page is made; 0 for nearly everybody. */
  rest(store: string, now: number): number {
    return Math.max(0, (this.owed(store, now) - creditMs) / this.rate);
  }

  private owed(store: string, now: number): number {
    const debt = this.debts.get(store);
    return debt ? Math.max(0, debt.ms - (now - debt.at) * this.rate) : 0;
  }
}
