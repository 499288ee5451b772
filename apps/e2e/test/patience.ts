/** Of a fleet that is whole, and of nobody getting on with anything. */
const calmMs = 120_000;
/** Between two looks at most so much counts: a machine that is too busy to look says nothing of the shop. */
const mostAtOnceMs = 2_000;
/** So often somebody has asked in vain. */
const vainAsks = 5;

/**
 * How long a crowd waits. It is not measured by the clock alone, which tells more of the machine than of the shop: the
 * patience of all is over when nobody has got any further for two minutes during which no process was being restarted,
 * and has asked several times. A crowd that gets on, however slowly, waits; one that hangs is found out.
 */
export class Patience {
  private calm = 0;
  private asked = 0;
  private lookedAt = performance.now();

  /** @param isWhole whether everything that could answer runs right now */
  constructor(private readonly isWhole: () => boolean = () => true) {}

  /** Somebody is a step further. */
  progressed(): void {
    this.calm = 0;
    this.asked = 0;
  }

  /** Somebody has asked, and is no further. */
  askedInVain(): void {
    this.asked += 1;
  }

  /** Whether there is no hope any more. */
  isOver(): boolean {
    const now = performance.now();
    if (this.isWhole()) this.calm += Math.min(now - this.lookedAt, mostAtOnceMs);
    this.lookedAt = now;
    return this.calm > calmMs && this.asked >= vainAsks;
  }
}
