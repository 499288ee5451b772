/** A branch of the search: what is in, what may still come in, and what was left out and would still fit. */
interface Branch {
  chosen: number[];
  open: number[];
  left: number[];
  bound: number;
}

/** How far the search goes. */
export interface SearchLimits {
  /** Sets that are given out. */
  sets: number;
  /** Branches that are looked at. */
  branches: number;
}

/**
 * The maximal sets of things that go together pairwise, most promising first: best-first by the sum of the weights that
 * are in a branch or may come in.
 * @param weights one for each thing, at least 0
 * @param together whether two things go together; symmetric
 * @returns the sets as indexes, and whether a limit cut the search short; the greedy set is always among them
 */
export function maximalSets(
  weights: readonly number[],
  together: (a: number, b: number) => boolean,
  limits: SearchLimits,
): { sets: number[][]; capped: boolean } {
  const weigh = (some: readonly number[]): number =>
    some.reduce((all, index) => all + (weights[index] ?? 0), 0);
  const byWeight = weights
    .map((_, index) => index)
    .toSorted((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0) || a - b);
  const heap = new BranchHeap();
  heap.push({ chosen: [], open: byWeight, left: [], bound: weigh(byWeight) });
  const sets: number[][] = [];
  let looked = 0;
  for (let branch = heap.pop(); branch; branch = heap.pop()) {
    looked += 1;
    if (sets.length >= limits.sets || looked > limits.branches) {
      return { sets: withGreedy(sets, byWeight, together), capped: true };
    }
    const next = branch.open[0];
    if (next === undefined) {
      sets.push(branch.chosen);
      continue;
    }
    for (const child of split(branch, next, together)) {
      if (!hopeless(child, together))
        heap.push({ ...child, bound: weigh([...child.chosen, ...child.open]) });
    }
  }
  return { sets, capped: false };
}

type Split = Omit<Branch, 'bound'>;

/** With the next thing, and without it where something that may still come in would keep it out. */
function split(
  { chosen, open, left }: Branch,
  next: number,
  together: (a: number, b: number) => boolean,
): Split[] {
  const rest = open.slice(1);
  const fits = (index: number): boolean => together(next, index);
  const taken = { chosen: [...chosen, next], open: rest.filter(fits), left: left.filter(fits) };
  return rest.every(fits) ? [taken] : [taken, { chosen, open: rest, left: [...left, next] }];
}

/** Something that was left out fits whatever comes: no set of this branch can be maximal. */
function hopeless({ open, left }: Split, together: (a: number, b: number) => boolean): boolean {
  return left.some((out) => open.every((index) => together(out, index)));
}

function withGreedy(
  sets: number[][],
  byWeight: readonly number[],
  together: (a: number, b: number) => boolean,
): number[][] {
  const greedy: number[] = [];
  for (const index of byWeight) {
    if (greedy.every((other) => together(index, other))) greedy.push(index);
  }
  return [...sets, greedy];
}

/** A binary heap of branches, the highest bound first, among equals the one that came first. */
class BranchHeap {
  private readonly items: (Branch & { order: number })[] = [];
  private count = 0;

  push(branch: Branch): void {
    this.items.push({ ...branch, order: this.count++ });
    for (let at = this.items.length - 1; at > 0;) {
      const parent = (at - 1) >> 1;
      if (!this.swapIfBefore(at, parent)) return;
      at = parent;
    }
  }

  pop(): Branch | undefined {
    const top = this.items[0];
    const last = this.items.pop();
    if (top === undefined || last === undefined || this.items.length === 0) return top;
    this.items[0] = last;
    for (let at = 0; ;) {
      const [a, b] = [2 * at + 1, 2 * at + 2];
      const child = this.isBefore(b, a) ? b : a;
      if (!this.swapIfBefore(child, at)) return top;
      at = child;
    }
  }

  private swapIfBefore(a: number, b: number): boolean {
    const [first, second] = [this.items[a], this.items[b]];
    if (!first || !second || !this.isBefore(a, b)) return false;
    this.items[a] = second;
    this.items[b] = first;
    return true;
  }

  private isBefore(a: number, b: number): boolean {
    const [first, second] = [this.items[a], this.items[b]];
    if (!first || !second) return first !== undefined;
    return (
      first.bound > second.bound || (first.bound === second.bound && first.order < second.order)
    );
  }
}
