/** Which part of a store a fault is of. */
export type FaultArea = 'stock' | 'orders' | 'payments' | 'discounts';

/** Numbers of a store that do not follow from what happened. */
export interface StoreFault {
  area: FaultArea;
  /** What is wrong, such as `reserved` or `payment-sums`; docs/operators.md lists them. */
  kind: string;
  /** What it is about: ids, separated by spaces, or the name of a series. */
  subject: string;
  found: string;
  expected: string;
  /** Whether `caravel repair stock` puts it right. */
  mendable: boolean;
}

/** What makes a fault the same one at a second look: all but its numbers, which may go on changing. */
export function faultKey({ area, kind, subject }: StoreFault): string {
  return `${area} ${kind} ${subject}`;
}
