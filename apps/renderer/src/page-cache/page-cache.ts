import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Log, Metrics } from '@platform/telemetry';
import type { ShopResponse } from '../shop-request';
import { Stamps } from './stamps';

/** A finished page with the store that it belongs to and the stamp of the snapshot that it was made from. */
export interface CachedPage {
  storeId: string;
  v: number;
  response: ShopResponse;
}

/** Bytes of all pages of one process, encodings included. */
const mostBytes = 128 * 1024 * 1024;

/**
 * Pages of more bytes are kept from the second time on that they are made: whoever asks for ever new addresses of large
 * pages would push out everybody's, and their bytes cost most when they grow old.
 */
const largeBytes = 256 * 1024;

/**
 * Finished pages. The stamp is part of the key, so nothing is ever deleted: a page of an older stamp is not found any
 * more and ages out. The store comes first in every key and is checked again on the way out (domains.md, 6.4).
 */
@Injectable()
export class PageCache {
  private readonly pages = new LRUCache<string, CachedPage>({
    maxSize: mostBytes,
    sizeCalculation: ({ response }) =>
      // Its packed forms come later; together they take about a third of the plain one.
      1_000 + Math.ceil(response.body.length * 1.4),
  });
  /** Large pages that were made once. */
  private readonly seen = new LRUCache<string, true>({ max: 10_000 });
  private readonly making = new Map<string, Promise<CachedPage | null>>();
  private readonly lookups;

  constructor(
    @Inject(Stamps) private readonly stamps: Stamps,
    @Inject(Log) private readonly log: Log,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.lookups = metrics.counter({
      name: 'page_cache_lookups_total',
      help: 'Pages looked for in the cache, by outcome.',
      labels: ['outcome'],
    });
  }

  /**
   * The page of that key, made once however many ask for it at the same time.
   * @param key what else the page depends on
   * @param make makes it; null when it must not be kept, and then the answer is null too
   */
  async get(
    storeId: string,
    key: string,
    make: () => Promise<CachedPage | null>,
  ): Promise<CachedPage | null> {
    const whole = await this.keyNow(storeId, key);
    const found = this.lookUp(storeId, whole);
    if (found) return found;
    const running = this.making.get(whole);
    if (running) return running;
    this.lookups.inc({ outcome: 'miss' });
    const made = make()
      .then((page) => {
        // Under the stamp of its snapshot, which may be newer than the one known when it was asked for.
        if (page) this.keep(`${storeId}|${page.v}|${key}`, page);
        return page;
      })
      .finally(() => this.making.delete(whole));
    this.making.set(whole, made);
    return made;
  }

  /** The page of that key when it is there. */
  async find(storeId: string, key: string): Promise<CachedPage | null> {
    return this.lookUp(storeId, await this.keyNow(storeId, key));
  }

  private keep(whole: string, page: CachedPage): void {
    if (page.response.body.length > largeBytes && !this.seen.has(whole)) {
      this.seen.set(whole, true);
      return;
    }
    this.pages.set(whole, page);
  }

  private async keyNow(storeId: string, key: string): Promise<string> {
    return `${storeId}|${await this.stamps.current(storeId)}|${key}`;
  }

  private lookUp(storeId: string, whole: string): CachedPage | null {
    const found = this.pages.get(whole);
    if (!found) return null;
    if (found.storeId === storeId) {
      this.lookups.inc({ outcome: 'hit' });
      return found;
    }
    this.log.error({ storeId, found: found.storeId }, 'a page stood under another store’s key');
    this.pages.delete(whole);
    return null;
  }
}
