import { type DiscountedIn, type UnitDiscount, discountedPrice } from './general-discount';

/** A price as the ledger keeps it. */
export interface LedgerPrice {
  /** What a shopper paid for a unit. */
  amountMinor: number;
  kind: 'list' | 'sale' | 'automatic_discount';
  /** Of an automatic discount: the price before it, how that was announced, and what was taken off. */
  listMinor: number | null;
  listKind: 'list' | 'sale' | null;
  discounts: readonly UnitDiscount[] | null;
}

/** A price that was set, before automatic discounts. */
export interface SetPrice {
  amountMinor: number;
  kind: 'list' | 'sale';
}

/** When a discount counted. Milliseconds since 1970; `to` null while no end is known. */
export interface DiscountWindow {
  from: number;
  to: number | null;
  discount: UnitDiscount;
}

/** What is known of a price list's variant when its ledger is brought up to date. */
export interface LedgerQuestion extends DiscountedIn {
  /** The interval that runs; null where none does. */
  open: (LedgerPrice & { from: number }) | null;
  /** The price from `at` on; null where the list has none any more. */
  next: SetPrice | null;
  windows: readonly DiscountWindow[];
  /** Milliseconds since 1970. */
  at: number;
  /** Why the price changed at that moment, if it did. */
  cause: string;
}

/** An interval to be written. */
export interface NewInterval extends LedgerPrice {
  from: number;
  to: number | null;
  cause: string;
}

/** What has to be written; nothing where the ledger says so already. */
export interface LedgerPlan {
  /** When the running interval ended; null where it goes on. */
  closeAt: number | null;
  opens: NewInterval[];
}

interface Step {
  at: number;
  price: LedgerPrice | null;
  cause: string;
}

/**
 * Continues a variant's ledger until a moment: discounts that began or ended since the running interval began did so at
 * their own time, however late that is noticed; the price that was set counts from the moment on.
 */
export function planIntervals(question: LedgerQuestion): LedgerPlan {
  const { open, next, windows } = question;
  const at = Math.max(question.at, open?.from ?? 0);
  const before: Step[] = open
    ? momentsOf(windows, open.from, at).map((moment) => ({
        at: moment,
        price: priceAt(setPriceOf(open), moment, question),
        cause: 'discount',
      }))
    : [];
  const last: Step = { at, price: next && priceAt(next, at, question), cause: question.cause };
  const opens: NewInterval[] = [];
  let closeAt: number | null = null;
  let running: LedgerPrice | null = open;
  for (const step of [...before, last]) {
    if (same(running, step.price)) continue;
    const previous = opens.at(-1);
    if (previous) previous.to = step.at;
    else if (open) closeAt = step.at;
    if (step.price)
      opens.push({ ...step.price, from: step.at, to: null, cause: causeOf(step, running) });
    running = step.price;
  }
  return { closeAt, opens };
}

/** The price without discounts that an interval tells of. */
function setPriceOf({ amountMinor, kind, listMinor, listKind }: LedgerPrice): SetPrice {
  if (kind === 'automatic_discount')
    return { amountMinor: listMinor ?? amountMinor, kind: listKind ?? 'list' };
  return { amountMinor, kind };
}

function priceAt(set: SetPrice, moment: number, question: LedgerQuestion): LedgerPrice {
  const counting = question.windows
    .filter(({ from, to }) => from <= moment && (to === null || to > moment))
    .map(({ discount }) => discount)
    .filter((discount) => discountedPrice(set.amountMinor, [discount], question) < set.amountMinor)
    .toSorted((a, b) => (a.discountId < b.discountId ? -1 : 1));
  if (counting.length === 0) return { ...set, listMinor: null, listKind: null, discounts: null };
  return {
    amountMinor: discountedPrice(set.amountMinor, counting, question),
    kind: 'automatic_discount',
    listMinor: set.amountMinor,
    listKind: set.kind,
    discounts: counting,
  };
}

/** The moments between two at which a discount began or ended, in order. */
function momentsOf(windows: readonly DiscountWindow[], after: number, before: number): number[] {
  const all = windows.flatMap(({ from, to }) => (to === null ? [from] : [from, to]));
  const within = all.filter((moment) => moment > after && moment < before);
  return [...new Set(within)].toSorted((a, b) => a - b);
}

/** Where only discounts differ it was they that changed the price, whatever was written meanwhile. */
function causeOf({ price, cause }: Step, before: LedgerPrice | null): string {
  if (!price || !before) return cause;
  const [was, is] = [setPriceOf(before), setPriceOf(price)];
  return was.amountMinor === is.amountMinor && was.kind === is.kind ? 'discount' : cause;
}

function same(one: LedgerPrice | null, other: LedgerPrice | null): boolean {
  if (one === null || other === null) return one === other;
  return (
    one.amountMinor === other.amountMinor &&
    one.kind === other.kind &&
    one.listMinor === other.listMinor &&
    one.listKind === other.listKind &&
    wordsOf(one) === wordsOf(other)
  );
}

/** Key order of JSON that came from the database is not ours. */
function wordsOf({ discounts }: LedgerPrice): string {
  return (discounts ?? [])
    .map((one) => `${one.discountId} ${'ppm' in one ? `${one.ppm} ppm` : one.amountMinor}`)
    .join();
}
