/** Where a checkout stands (commerce.md, 2.1). */
export type CheckoutState = 'open' | 'paying' | 'completed' | 'expired';

/** What can happen to a checkout. */
export type CheckoutMove =
  /** The shopper changes something. */
  | 'update'
  /** The shopper asks to pay. */
  | 'pay'
  /** What is due is held exactly. */
  | 'settle'
  /** No attempt to pay can succeed any more. */
  | 'fail'
  /** Its time is over and nothing is held. */
  | 'expire'
  /** Money came after the time was over, and everything could be held again. */
  | 'revive';

const moves: Record<CheckoutState, Partial<Record<CheckoutMove, CheckoutState>>> = {
  open: { update: 'open', pay: 'paying', expire: 'expired' },
  paying: { settle: 'completed', fail: 'open', expire: 'expired' },
  expired: { revive: 'completed' },
  completed: {},
};

/** The state after a move; null where the move is not allowed. */
export function nextState(state: CheckoutState, move: CheckoutMove): CheckoutState | null {
  return moves[state][move] ?? null;
}
