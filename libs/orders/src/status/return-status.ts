/** How far an order's returns are, all together. */
export type ReturnStatus =
  'none' | 'requested' | 'in_progress' | 'inspection_complete' | 'returned';

/** Where one return stands. */
export type ReturnState =
  | 'requested'
  | 'approved'
  | 'declined'
  | 'in_transit'
  | 'received'
  | 'refunded'
  | 'exchanged'
  | 'closed';

/** What the returns come to: the one that most is to be done for decides. */
export function deriveReturn(states: readonly ReturnState[]): ReturnStatus {
  const has = (...some: ReturnState[]) => states.some((state) => some.includes(state));
  if (has('requested')) return 'requested';
  if (has('approved', 'in_transit')) return 'in_progress';
  if (has('received')) return 'inspection_complete';
  return has('refunded', 'exchanged', 'closed') ? 'returned' : 'none';
}
