/** Until a register that did not answer is asked again, the first time. */
export const firstPauseMinutes = 5;
const longestPauseMinutes = 12 * 60;

/** The pause after so many attempts, in SQL: 5 minutes, twice as long each time, at most 12 hours. */
export function recheckPause(attempts: string): string {
  return `make_interval(mins => least(${longestPauseMinutes}, ${firstPauseMinutes} * 2 ^ least(${attempts}, 20))::int)`;
}
