import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { StorefrontStores } from '@renderer/stores';

interface Stamp {
  v: number;
  at: number;
}

/** A page is never older than this plus the time to make it, whatever messages were lost (domains.md, 6.3). */
const freshMs = 2_000;
/** For so long a stamp serves while the database does not answer: availability before freshness, a stated choice. */
const hardMs = 60_000;

/** The stamp of each store, known for two seconds and pushed up early by the bus; it only ever rises. */
@Injectable()
export class Stamps {
  private readonly known = new LRUCache<string, Stamp>({ max: 100_000 });
  private readonly loading = new Map<string, Promise<number>>();

  constructor(@Inject(StorefrontStores) private readonly stores: StorefrontStores) {}

  /** The store's stamp, at most two seconds old. */
  async current(storeId: string): Promise<number> {
    const stamp = this.known.get(storeId);
    const age = stamp ? performance.now() - stamp.at : Infinity;
    if (stamp && age < freshMs) return stamp.v;
    try {
      return await this.load(storeId);
    } catch (error) {
      if (stamp && age < hardMs) return stamp.v;
      throw error;
    }
  }

  /** Takes a message of the bus, or what a snapshot said. */
  raise(storeId: string, v: number): void {
    const stamp = this.known.get(storeId);
    if (!stamp || v >= stamp.v) this.known.set(storeId, { v, at: performance.now() });
  }

  /** Forgets everything, when messages may have been missed. */
  forget(): void {
    this.known.clear();
  }

  private load(storeId: string): Promise<number> {
    const running = this.loading.get(storeId);
    if (running) return running;
    const load = this.stores
      .stampOf(storeId)
      .then((v) => {
        this.raise(storeId, v);
        return v;
      })
      .finally(() => this.loading.delete(storeId));
    this.loading.set(storeId, load);
    return load;
  }
}
