/** A rate that a source gave, and what it would replace. */
export interface RateQuestion {
  /** Null where the market has none yet. */
  current1e10: number | null;
  proposed1e10: number;
  /** The day it is of, `YYYY-MM-DD`. */
  day: string;
  /** Milliseconds since 1970. */
  now: number;
  /** Milliseconds since 1970; rates stay as they are until then. */
  frozenUntil: number | null;
}

/** What becomes of a fetched rate: everything but `apply` leaves the old one as it is. */
export type RateVerdict = 'apply' | 'same' | 'frozen' | 'moved' | 'stale';

const mostMovePpm = 50_000n;
const oldestMs = 3 * 24 * 60 * 60 * 1_000;

/** Whether a fetched rate may be applied: none that moved by more than 5 %, or that is more than 3 days old. Pure. */
export function judgeRate(question: RateQuestion): RateVerdict {
  const { current1e10, proposed1e10, day, now, frozenUntil } = question;
  if (frozenUntil !== null && now < frozenUntil) return 'frozen';
  if (current1e10 === proposed1e10) return 'same';
  // A day's rate counts as made when the day is over: it cannot be older than it looks.
  if (now - (Date.parse(`${day}T00:00:00Z`) + oldestMs / 3) > oldestMs) return 'stale';
  if (current1e10 === null) return 'apply';
  const move = BigInt(Math.abs(proposed1e10 - current1e10)) * 1_000_000n;
  return move > mostMovePpm * BigInt(current1e10) ? 'moved' : 'apply';
}
