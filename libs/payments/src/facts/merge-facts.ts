import { type Fact, rankOf } from './fact';

/** Facts by the object that they are about. */
export type FactTable = ReadonlyMap<string, Fact>;

/** What tells one object of a provider from another. */
export function factKey({ kind, objectId }: Pick<Fact, 'kind' | 'objectId'>): string {
  return `${kind} ${objectId}`;
}

/**
 * Whether `told` replaces what is known of the same object: when it ranks higher. Two of one rank that contradict each
 * other are decided by their contents, never by who came first: the larger amount, the later code of a currency, the
 * earlier moment, the later reason.
 */
export function replaces(told: Fact, known: Fact): boolean {
  const order = [
    rankOf(told) - rankOf(known),
    told.money.amountMinor - known.money.amountMinor,
    compare(told.money.currency, known.money.currency),
    Date.parse(known.at) - Date.parse(told.at),
    compare(told.reason ?? '', known.reason ?? ''),
  ];
  return (order.find((difference) => difference !== 0) ?? 0) > 0;
}

/**
 * Adds what was told to what is known. Any order and any repetition of the same facts gives the same table.
 * @returns a new table, and the facts that it has and `known` had not, in the form that they have in it
 */
export function mergeFacts(
  known: FactTable,
  told: readonly Fact[],
): { facts: FactTable; changed: Fact[] } {
  const facts = new Map(known);
  const changed = new Map<string, Fact>();
  for (const fact of told) {
    const key = factKey(fact);
    const before = facts.get(key);
    const after = before === undefined ? fact : join(before, fact);
    if (after === before) continue;
    facts.set(key, after);
    changed.set(key, after);
  }
  return { facts, changed: [...changed.values()] };
}

/** What a later fact may be silent about; of two that say it, the greater text counts. */
const beside = ['parentId', 'operationKey', 'dueAt'] as const;

/** The stronger of two facts of one object with what either says beside; `known` itself when nothing is new. */
function join(known: Fact, told: Fact): Fact {
  const stronger = replaces(told, known) ? told : known;
  const said = Object.fromEntries(
    beside.flatMap((field) => {
      const texts = [known[field], told[field]].filter((text) => text !== undefined).sort(compare);
      return texts.length === 0 ? [] : [[field, texts.at(-1)]];
    }),
  );
  const isOld = stronger === known && beside.every((field) => said[field] === known[field]);
  return isOld ? known : { ...stronger, ...said };
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
