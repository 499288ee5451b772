/** More transactions than these wait outside of the database: those that wait inside slow down the one that works. */
const mostAtOnce = 8;

/**
 * Lets at most eight transactions of this process want the same item at once (commerce.md, 3.1: fewer waiters on a hot
 * row sell faster). Says nothing about stock.
 */
export class PlacingGate {
  private readonly inside = new Map<string, number>();
  private readonly waiting: { keys: string[]; enter: () => void }[] = [];

  /** Does the work when there is room for all of the items. */
  async pass<T>(storeId: string, itemIds: readonly string[], work: () => Promise<T>): Promise<T> {
    const keys = [...new Set(itemIds)].map((itemId) => `${storeId} ${itemId}`);
    if (!this.hasRoom(keys) || this.waiting.length > 0) {
      await new Promise<void>((enter) => {
        this.waiting.push({ keys, enter });
        this.admit();
      });
    } else {
      this.count(keys, 1);
    }
    try {
      return await work();
    } finally {
      this.count(keys, -1);
      this.admit();
    }
  }

  /** In the order in which they came; who finds no room lets others pass. */
  private admit(): void {
    for (let at = 0; at < this.waiting.length;) {
      const next = this.waiting[at];
      if (next === undefined || !this.hasRoom(next.keys)) {
        at += 1;
        continue;
      }
      this.waiting.splice(at, 1);
      this.count(next.keys, 1);
      next.enter();
    }
  }

  private hasRoom(keys: readonly string[]): boolean {
    return keys.every((key) => (this.inside.get(key) ?? 0) < mostAtOnce);
  }

  private count(keys: readonly string[], change: 1 | -1): void {
    for (const key of keys) {
      const now = (this.inside.get(key) ?? 0) + change;
      if (now === 0) this.inside.delete(key);
      else this.inside.set(key, now);
    }
  }
}
