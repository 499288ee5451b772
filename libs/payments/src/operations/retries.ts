const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Waits after a capture was refused: a bank's limit or a moment's doubt passes (commerce.md, 7.4). */
const afterRefusal = [minute, 15 * minute, 6 * hour];

/** Waits while it is not known what came of a request; the key makes repeating harmless. */
const afterSilence = [5 * second, 20 * second, minute, 5 * minute, 15 * minute];

/** While the account's keys are not taken, somebody has to put in new ones. */
export const keysWaitMs = 15 * minute;

/**
 * How long to wait before a refused capture is asked for again; null when it is given up.
 * @param round 1 for the request that was refused first
 * @returns milliseconds
 */
export function refusalWaitMs(round: number): number | null {
  return afterRefusal[round - 1] ?? null;
}

/**
 * How long to wait before a request without an answer is repeated.
 * @param tries how often it was sent
 * @returns milliseconds
 */
export function silenceWaitMs(tries: number): number {
  return afterSilence[Math.min(tries, afterSilence.length) - 1] ?? minute;
}

/**
 * Whether the provider may have forgotten the key of a request by now, so that repeating it could do it twice. A tenth
 * of its memory is left as a margin for clocks.
 * @param sentAt when the request was first sent, ms since the epoch
 * @param keyHours how long the provider remembers
 */
export function isKeyForgotten(sentAt: number, now: number, keyHours: number): boolean {
  return now - sentAt > keyHours * 0.9 * hour;
}
