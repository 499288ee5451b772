import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { CONFIG, type Config } from '@platform/config';

/** A page costs a few milliseconds, on a slow machine ten; what costs less than this is nobody's burden. */
const cheapMs = 12;

/**
 * What a page costs beside its rendering, in this process and in the database that it shares with everybody's: its
 * statements, its data, its answer (`bench/neighbour.ts` prints the processes' time).
 */
const aroundMs = 8;

/** What a store may owe before it has to rest: a burst of dear pages, such as the first after a change. */
const creditMs = 300;

/** The part of all render processes' time that dear pages of one store may take in the long run, beside others. */
const longRun = 0.05;

/** What a store's pages count for while it is known to use up budgets: they cost others more than they are worth. */
const wastefulFactor = 2;

/** Nobody rests longer for what it owes. */
const longestRestMs = 10_000;

/** How long a store that was dear, or used up a budget, is rendered apart from the others. */
const dearMs = 60_000;

/** Others are there for as long after their last page. */
const companyMs = 10_000;

/** Previews of a store stand in a line of their own: what they cost its shoppers must not wait for. */
export function previewLine(storeId: string): string {
  return `preview ${storeId}`;
}

interface Debt {
  ms: number;
  at: number;
}

/**
 * What dear pages of each store have cost of late. Who owes half of its credit is rendered apart; who owes more than all
 * of it rests between its pages until it is worked off, as long as there are others whom it could be in the way of.
 */
@Injectable()
export class StoreCosts {
  private readonly debts = new LRUCache<string, Debt>({ max: 10_000 });
  private readonly dearUntil = new LRUCache<string, number>({ max: 10_000 });
  private readonly wastefulUntil = new LRUCache<string, number>({ max: 10_000 });
  /** The two stores that had a page made last, and when: one of them is another store than any. */
  private readonly lately = new LRUCache<string, number>({ max: 2 });
  private readonly rate: number;

  constructor(@Inject(CONFIG) config: Pick<Config, 'shop'>) {
    this.rate = longRun * config.shop.renderProcesses;
  }

  /** @param ms of CPU that a page's rendering took @param now milliseconds of any steady clock */
  spend(store: string, ms: number, now: number): void {
    const cheap = ms < cheapMs;
    const wasteful = (this.wastefulUntil.get(store) ?? -Infinity) > now;
    if (cheap && !wasteful) return;
    const most = creditMs + longestRestMs * this.rate;
    const spent = (ms + aroundMs) * (wasteful ? wastefulFactor : 1);
    const owed = Math.min(most, this.owed(store, now) + spent);
    this.debts.set(store, { ms: owed, at: now });
    // Cheap ones keep nobody apart: a store whose theme was put right is soon like any other.
    if (!cheap && owed > creditMs / 2) this.dearUntil.set(store, now + dearMs);
  }

  /**
   * Takes a store for dear whatever it owes, since it ran out of a budget or had its process killed. All of its pages
   * count for a while, and twice, the cheap ones that are left without those sections too.
   */
  setApart(store: string, now: number): void {
    this.dearUntil.set(store, now + dearMs);
    this.wastefulUntil.set(store, now + dearMs);
  }

  /** Whether a store's pages are to be rendered apart from the others'. */
  isDear(store: string, now: number): boolean {
    return (this.dearUntil.get(store) ?? -Infinity) > now;
  }

  /** Takes note that a page of a store is begun. */
  begin(store: string, now: number): void {
    this.lately.set(store, now);
  }

  /** How many milliseconds a store has to wait before its next page is made; 0 for nearly everybody. */
  rest(store: string, now: number): number {
    const owed = this.owed(store, now);
    if (owed <= creditMs || !this.hasCompany(store, now)) return 0;
    return (owed - creditMs) / this.rate;
  }

  private hasCompany(store: string, now: number): boolean {
    return [...this.lately].some(([other, at]) => other !== store && now - at < companyMs);
  }

  private owed(store: string, now: number): number {
    const debt = this.debts.get(store);
    return debt ? Math.max(0, debt.ms - (now - debt.at) * this.rate) : 0;
  }
}
