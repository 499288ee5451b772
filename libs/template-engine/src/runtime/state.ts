import { BUDGET_CODES, LIMITS, PAGE_BUDGETS } from '../limits';
import type { AssetEntry, Budgets } from '../model/page';
import { Stopwatch } from './stopwatch';

/** Thrown through generated code when a budget is used up; becomes a `SectionError`. */
export class BudgetStop extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** What helpers may know of the page beside their arguments. */
export interface Environment {
  readonly locale: string;
  readonly currency: string;
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly page: number;
  readonly routes: Readonly<Record<string, unknown>>;
  readonly assets: Readonly<Record<string, AssetEntry>>;
}

export const BARE_ENVIRONMENT: Environment = {
  locale: 'en',
  currency: 'EUR',
  path: '/',
  query: {},
  page: 1,
  routes: {},
  assets: {},
};

const SLICE = 4096;

/** The budgets of one page, counted down by generated code and helpers. A section may use half of the page's. */
export class State {
  /** Steps until the next look at the clock; generated code subtracts from it. */
  steps = 0;
  /** The bytes at which a section's output stops. */
  room = 0;
  /** Allocation left to the section. */
  alloc = 0;
  /** The position in the artefact's table that a helper's failure is reported at. */
  at = 0;
  /** Depth of blocks being rendered. */
  depth = 0;
  env: Environment = BARE_ENVIRONMENT;
  /** Markup that is printed on blocks in the editor. */
  design = false;
  private reserve = 0;
  private pageSteps: number;
  private pageOutput: number;
  private pageAlloc: number;
  private readonly limits: Budgets;
  private readonly watch: Stopwatch;
  private given = 0;

  constructor(budgets: Partial<Budgets> = {}) {
    this.limits = { ...PAGE_BUDGETS, ...budgets };
    this.pageSteps = this.limits.steps;
    this.pageOutput = this.limits.output;
    this.pageAlloc = this.limits.alloc;
    this.watch = new Stopwatch(this.limits.deadline);
  }

  /** Steps used by the page so far. */
  get used(): number {
    return this.limits.steps - this.pageSteps;
  }

  /** Opens the budgets of one section. */
  enter(): void {
    const late = this.watch.enter();
    this.given = Math.min(this.pageSteps, Math.ceil(this.limits.steps / 2));
    // The clock was looked at just now: when time is up, the first step says so.
    this.steps = late ? 0 : Math.min(SLICE, this.given);
    this.reserve = this.given - this.steps;
    this.room = Math.min(this.pageOutput, Math.ceil(this.limits.output / 2));
    this.alloc = Math.min(this.pageAlloc, Math.ceil(this.limits.alloc / 2));
    this.startAlloc = this.alloc;
    this.depth = 0;
    this.at = 0;
  }

  private startAlloc = 0;

  /** Closes a section: what it used is taken from the page. */
  leave(outputLength: number): void {
    this.pageSteps -= Math.max(0, Math.min(this.given, this.given - this.reserve - this.steps));
    this.pageAlloc -= Math.max(0, this.startAlloc - this.alloc);
    this.pageOutput -= outputLength;
  }

  /** Called by generated code when steps or output ran out: refills steps between looks at the clock, or throws. */
  stop(at: number, length: number): void {
    this.at = at;
    if (length > this.room)
      throw new BudgetStop(BUDGET_CODES.output, `more than ${this.room} bytes of output`);
    while (this.steps < 0) {
      if (this.reserve <= 0)
        throw new BudgetStop(BUDGET_CODES.steps, `more than ${this.given} steps`);
      const refill = Math.min(SLICE, this.reserve);
      this.reserve -= refill;
      this.steps += refill;
      if (this.watch.isLate())
        throw new BudgetStop(BUDGET_CODES.deadline, `more than ${this.limits.deadline / 2} ms`);
    }
  }

  /** Charges work or memory of a helper, in characters or list items. */
  charge(amount: number): void {
    this.alloc -= amount;
    if (this.alloc < 0)
      throw new BudgetStop(BUDGET_CODES.alloc, 'too much text or too many lists were made');
  }

  /** Charges a text that a helper makes, and refuses one that is longer than any of the page's data. */
  chargeText(length: number): void {
    this.charge(length);
    if (length > LIMITS.viewStringChars)
      throw new BudgetStop(
        BUDGET_CODES.alloc,
        `a text of more than ${LIMITS.viewStringChars} bytes`,
      );
  }

  /** Charges a search: texts can be made so that it looks at the needle again at every place. */
  chargeSearch(text: string, needle: string): void {
    if (needle.length <= text.length) this.charge((text.length * (needle.length + 4)) / 64);
  }

  /** One block deeper; throws beyond the nesting limit. */
  deeper(): void {
    if (++this.depth > LIMITS.blockNesting)
      throw new BudgetStop('R_DEPTH', `blocks nested deeper than ${LIMITS.blockNesting}`);
  }
}
