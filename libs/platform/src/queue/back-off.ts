const firstMs = 2_000;
const factor = 4;
const longestMs = 600_000;

/**
 * How long to wait before the next try: 2 s, 8 s, 32 s and so on up to ten minutes, a fifth more or less, so that what
 * failed together does not come back together. Ten tries take about an hour.
 * @param attempt the try that has failed, 1 for the first
 * @param random a number from 0 up to 1
 * @returns milliseconds, at most 600,000
 */
export function backOffMs(attempt: number, random = Math.random()): number {
  const straight = firstMs * factor ** (attempt - 1);
  return Math.round(Math.min(straight * (0.8 + 0.4 * random), longestMs));
}
