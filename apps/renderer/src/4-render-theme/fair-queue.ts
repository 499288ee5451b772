/** Shares something between stores in turns; what a store has too much of is its own. */
export class FairQueue<T> {
  private readonly lines = new Map<string, T[]>();
  private length = 0;

  /** @param most how many may wait in all */
  constructor(private readonly most: number) {}

  /**
   * Waits behind what the store already has.
   * @returns what has to leave for it: the last of the longest line; the thing itself when that is its own
   */
  add(store: string, thing: T): T | null {
    const line = this.lines.get(store) ?? [];
    this.lines.set(store, line);
    line.push(thing);
    this.length += 1;
    if (this.length <= this.most) return null;
    const [name, longest] = [...this.lines].reduce((a, b) => (b[1].length > a[1].length ? b : a));
    return this.take(name, longest.length - 1);
  }

  /**
   * The next in turn of the stores that may; null when nobody does.
   * @param may told the store and the thing that is first in its line
   */
  next(may: (store: string, first: T) => boolean): T | null {
    for (const [store, line] of this.lines) {
      if (!may(store, line[0] as T)) continue;
      const thing = this.take(store, 0);
      // To the end of the round.
      if (this.lines.delete(store) && line.length > 0) this.lines.set(store, line);
      return thing;
    }
    return null;
  }

  private take(store: string, at: number): T {
    const line = this.lines.get(store) as T[];
    const [thing] = line.splice(at, 1) as [T];
    this.length -= 1;
    if (line.length === 0) this.lines.delete(store);
    return thing;
  }
}
