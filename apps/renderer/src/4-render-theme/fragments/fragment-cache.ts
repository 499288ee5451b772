import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Metrics } from '@platform/telemetry';

/** Bytes that one store's sections may take, and those of all stores together (theme-format.md, 5.4). */
const mostBytes = { store: 4 * 1024 * 1024, all: 64 * 1024 * 1024 } as const;

/** Larger sections are not kept: a few of them would push out all others of their store. */
const largest = mostBytes.store / 16;

/** What an entry takes beside its bytes: key, headers, the list that knows the oldest. */
const entryBytes = 300;

/** Bytes by what they were made of; by the place where they stood, the key of those bytes. */
type StoreFragments = LRUCache<string, Buffer | string>;

/**
 * Finished sections, each store's apart. A key says everything that a section was made of, so nothing is ever
 * invalidated: what changed is looked for under another key, and the old one ages out. Of each place on a page it is known
 * which section stood there last, for when no new one can be made.
 */
@Injectable()
export class FragmentCache {
  private readonly stores = new LRUCache<string, StoreFragments>({ max: 10_000 });
  private bytes = 0;
  private readonly lookups;

  constructor(@Inject(Metrics) metrics: Metrics) {
    this.lookups = metrics.counter({
      name: 'fragment_lookups_total',
      help: 'Public sections looked for among those made before, by outcome.',
      labels: ['outcome'],
    });
  }

  /** The bytes of a section of that store; null when they are not there. */
  find(storeId: string, key: string): Buffer | null {
    const found = this.bytesOf(storeId, key);
    this.lookups.inc({ outcome: found ? 'hit' : 'miss' });
    return found;
  }

  /** Keeps a copy of a section's bytes; a store's oldest go first, then those of the store that was asked least lately. */
  keep(storeId: string, key: string, bytes: Buffer): void {
    if (bytes.length > largest) return;
    // A buffer of its own: a slice would hold the whole answer that it came with.
    const copy = Buffer.allocUnsafeSlow(bytes.length);
    bytes.copy(copy);
    this.put(storeId, key, copy);
  }

  /** Notes that the section of that key stood well at a place of the store's pages; the last one counts. */
  remember(storeId: string, place: string, key: string): void {
    this.put(storeId, placeKey(place), key);
  }

  /** The bytes that stood last at a place of the store's pages; null when they are not there any more. */
  last(storeId: string, place: string): Buffer | null {
    const key = this.stores.get(storeId)?.get(placeKey(place));
    return typeof key === 'string' ? this.bytesOf(storeId, key) : null;
  }

  /** Bytes that are held now, keys included. */
  get size(): number {
    return this.bytes;
  }

  private bytesOf(storeId: string, key: string): Buffer | null {
    const found = this.stores.get(storeId)?.get(key);
    return Buffer.isBuffer(found) ? found : null;
  }

  private put(storeId: string, key: string, value: Buffer | string): void {
    const own = this.stores.get(storeId) ?? this.open(storeId);
    const before = own.calculatedSize;
    own.set(key, value);
    this.bytes += own.calculatedSize - before;
    while (this.bytes > mostBytes.all && this.stores.size > 1)
      this.bytes -= this.stores.pop()?.calculatedSize ?? 0;
  }

  private open(storeId: string): StoreFragments {
    if (this.stores.size >= this.stores.max) this.bytes -= this.stores.pop()?.calculatedSize ?? 0;
    const made: StoreFragments = new LRUCache({
      maxSize: mostBytes.store,
      sizeCalculation: (value) => value.length + entryBytes,
    });
    this.stores.set(storeId, made);
    return made;
  }
}

/** Apart from the keys of sections, which are hashes. */
function placeKey(place: string): string {
  return `last ${place}`;
}
