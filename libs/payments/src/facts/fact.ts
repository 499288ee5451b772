import type { Money } from '@libs/kernel';

/**
 * The statuses of each kind of fact with their ranks: a provider's object moves up and never back, so that it does
 * not matter in which order its events come. A refund that bounced has failed after it had succeeded.
 */
export const ranks = {
  auth: { action_required: 1, failed: 2, authorized: 3, expired: 4, voided: 5 },
  capture: { pending: 1, failed: 2, succeeded: 3 },
  refund: { pending: 1, succeeded: 2, failed: 3 },
  dispute: { warning: 1, open: 2, under_review: 3, won: 4, lost: 5 },
} as const;

/** What a fact is about. */
export type FactKind = keyof typeof ranks;

/** The statuses that a fact of this kind can have. */
export type FactStatus<Kind extends FactKind> = keyof (typeof ranks)[Kind];

interface FactOf<Kind extends FactKind> {
  kind: Kind;
  /** The provider's id of the object that the fact is about. */
  objectId: string;
  /** The object that it belongs to: a capture's authorization, a refund's or dispute's capture. */
  parentId?: string;
  status: FactStatus<Kind>;
  money: Money;
  /** When it happened by the provider's clock, ISO 8601. */
  at: string;
  /** A code or a few words of the provider for what went wrong. */
  reason?: string;
  /** The operation of ours that made the object, where the provider repeats what we said. */
  operationKey?: string;
  /** Until when a dispute must be answered, or what is authorized can be captured, ISO 8601. */
  dueAt?: string;
}

/** What a provider told about one of its objects. */
export type Fact = { [Kind in FactKind]: FactOf<Kind> }[FactKind];

/** The fact's place among the statuses of its kind; more is later. */
export function rankOf({ kind, status }: Pick<Fact, 'kind' | 'status'>): number {
  return (ranks[kind] as Record<string, number>)[status] ?? 0;
}

/** The operation of ours that made the object; a key may name the round after it. Null when the provider says none. */
export function operationOf({ operationKey }: Pick<Fact, 'operationKey'>): string | null {
  return operationKey?.split(':')[0] ?? null;
}
