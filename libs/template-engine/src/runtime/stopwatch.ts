/**
 * How much later than the deadline by the wall clock a page ends that hardly got a processor. With the usual 400 ms it
 * is 800, before the renderer kills the process at a second.
 */
const patience = 2;

/**
 * Times one page. The processor's time counts: on a busy machine a section would otherwise be left out for what others
 * did. It is asked for only once the wall clock says that it may be late, which costs less.
 */
export class Stopwatch {
  private readonly startedAt = Date.now();
  private readonly cpuAtStart = process.cpuUsage();
  private until = 0;

  /** @param deadline milliseconds for the page; a section has half of it */
  constructor(private readonly deadline: number) {}

  /** Opens the time of one section. @returns whether the page's was up before */
  enter(): boolean {
    const now = Date.now();
    this.until = Math.min(this.startedAt + this.deadline, now + this.deadline / 2);
    return now > this.until;
  }

  /** Whether the section's time is up. */
  isLate(): boolean {
    const now = Date.now();
    if (now <= this.until) return false;
    if (now > this.startedAt + this.deadline * patience) return true;
    const { user, system } = process.cpuUsage(this.cpuAtStart);
    return (user + system) / 1_000 > this.deadline / 2;
  }
}
