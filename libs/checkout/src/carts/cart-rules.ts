import type { SellableVariant } from '@libs/catalog';
import type { CartLine, Properties } from './cart';
import { lineKey } from './line-key';

/** What a shopper wants more of. */
export interface Want {
  offer: SellableVariant;
  quantity: number;
  properties: Properties;
}

/** What is changed of a line; 0 removes it, properties replace the ones that were there. */
export interface LineChange {
  quantity?: number;
  properties?: Properties;
}

/** The lines with more in them: what is there already grows in its place, new lines come first. */
export function addLines(lines: readonly CartLine[], wants: readonly Want[]): CartLine[] {
  const known = new Set(lines.map(({ key }) => key));
  const wanted = wants.map((want) => ({
    ...want,
    key: lineKey(want.offer.publicId, want.properties),
  }));
  const fresh = wanted.filter(({ key }) => !known.has(key));
  return merge([...fresh, ...lines, ...wanted.filter(({ key }) => known.has(key))]);
}

/** The lines with one of them changed; one that becomes equal to another joins it. An unknown key changes nothing. */
export function changeLine(
  lines: readonly CartLine[],
  key: string,
  { quantity, properties }: LineChange,
): CartLine[] {
  return merge(
    lines.map((line) => {
      if (line.key !== key) return line;
      const after = properties ?? line.properties;
      return {
        ...line,
        quantity: quantity ?? line.quantity,
        properties: after,
        key: lineKey(line.offer.publicId, after),
      };
    }),
  );
}

/** The lines with some quantities set, by key; unknown keys change nothing. */
export function setQuantities(
  lines: readonly CartLine[],
  quantities: ReadonlyMap<string, number>,
): CartLine[] {
  return merge(
    lines.map((line) => ({ ...line, quantity: quantities.get(line.key) ?? line.quantity })),
  );
}

/** What grew between two states of a cart, as lines of the quantity that was gained. */
export function gainedLines(before: readonly CartLine[], after: readonly CartLine[]): CartLine[] {
  const had = new Map(before.map(({ key, quantity }) => [key, quantity]));
  return after
    .map((line) => ({ ...line, quantity: line.quantity - (had.get(line.key) ?? 0) }))
    .filter(({ quantity }) => quantity > 0);
}

/** Lines of one key become one, where the first of them stands; empty ones vanish. */
function merge(lines: readonly CartLine[]): CartLine[] {
  const merged = new Map<string, CartLine>();
  for (const line of lines) {
    const first = merged.get(line.key);
    const quantity = (first?.quantity ?? 0) + line.quantity;
    merged.set(line.key, { ...(first ?? line), quantity });
  }
  return [...merged.values()].filter(({ quantity }) => quantity > 0);
}
