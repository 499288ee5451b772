const second = 1000;
const hour = 3_600 * second;

/** A delivery is tried for so long from its first attempt on, in milliseconds; so long may a receiver fail, too. */
export const giveUpAfterMs = 72 * hour;

/** From so many failures in a row on, a receiver is asked with one delivery at a time. */
export const restAfterFailures = 5;

/** How many deliveries are under way to one receiver, over all processes. */
export const mostAtOnce = 4;

/**
 * How long a delivery waits after its attempt of that number: 10 s, 30 s, 90 s and so on up to two hours, a fifth
 * more or less, so that what failed together does not come back together.
 * @param attempt 1 for the first
 * @param random a number from 0 up to 1
 * @returns milliseconds
 */
export function retryDelayMs(attempt: number, random = Math.random()): number {
  return jittered(10 * second * 3 ** (attempt - 1), 2 * hour, random);
}

/**
 * How long a receiver that keeps failing is left alone: 30 s, a minute and so on up to 15 minutes, a fifth more or
 * less. It is shorter than a delivery's own wait: what one delivery finds out counts for all that wait.
 * @param failures in a row, at least `restAfterFailures`
 */
export function restMs(failures: number, random = Math.random()): number {
  return jittered(30 * second * 2 ** (failures - restAfterFailures), hour / 4, random);
}

function jittered(straight: number, most: number, random: number): number {
  return Math.round(Math.min(straight, most) * (0.8 + 0.4 * random));
}
