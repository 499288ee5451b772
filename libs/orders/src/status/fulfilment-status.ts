/** How much of an order is on its way. */
export type FulfilmentStatus = 'unfulfilled' | 'partial' | 'fulfilled' | 'on_hold' | 'restocked';

/** What became of a line's units. */
export interface LineUnits {
  quantity: number;
  requiresShipping: boolean;
  shipped: number;
  /** Taken out before shipping, by a cancellation or an edit. */
  removed: number;
  /** Given back their price before shipping. */
  refundedUnshipped: number;
}

/** How many units of a line are to be shipped yet. */
export function openUnits({ quantity, shipped, removed, refundedUnshipped }: LineUnits): number {
  return quantity - shipped - removed - refundedUnshipped;
}

/** What the lines come to. What needs no shipping is not looked at: an order of such things alone is fulfilled. */
export function deriveFulfilment(
  lines: readonly LineUnits[],
  { onHold }: { onHold: boolean },
): FulfilmentStatus {
  const goods = lines.filter(({ requiresShipping }) => requiresShipping);
  const sum = (units: (line: LineUnits) => number) =>
    goods.reduce((all, line) => all + units(line), 0);
  const shipped = sum((line) => line.shipped);
  const open = sum(openUnits);
  if (open === 0) return shipped === 0 && goods.length > 0 ? 'restocked' : 'fulfilled';
  if (onHold) return 'on_hold';
  return shipped > 0 ? 'partial' : 'unfulfilled';
}
