const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Cloudflare's published schedule: every minute at first, slowly rarer, at most every four hours. */
export function checkDelayMs(checks: number): number {
  return Math.min(MINUTE * 1.05 ** Math.min(checks, 200), 4 * HOUR);
}

const TRANSIENT_MS = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  6 * HOUR,
];

/** After the nth fault of network or authority in a row (from 1), with full jitter; at least one second. */
export function transientDelayMs(attempt: number, random: () => number = Math.random): number {
  const ceiling = TRANSIENT_MS[Math.min(attempt, TRANSIENT_MS.length) - 1] ?? 6 * HOUR;
  return Math.max(SECOND, Math.round(ceiling * random()));
}

/** After the nth failed order (from 1): the Let's Encrypt integration guide's 1, 10, 100 minutes, then daily. */
export function failureDelayMs(failures: number): number {
  return [MINUTE, 10 * MINUTE, 100 * MINUTE][failures - 1] ?? DAY;
}

/**
 * Until when to leave the authority alone after it said so: what it asked for, within 1 minute and 7 days, and up to a
 * tenth later, so that not all come back at once. An hour when it named no time.
 */
export function pauseUntil(
  retryAfter: Date | null,
  now: Date,
  random: () => number = Math.random,
): Date {
  const asked = retryAfter === null ? HOUR : retryAfter.getTime() - now.getTime();
  const clamped = Math.min(Math.max(asked, MINUTE), 7 * DAY);
  return new Date(now.getTime() + Math.round(clamped * (1 + 0.1 * random())));
}

/** Between two looks at an order that the authority is working on: 1 s, 2 s, 4 s ... 1 min, or what it asks for. */
export function pollDelayMs(polls: number, retryAfter: Date | null, now: Date): number {
  const own = Math.min(SECOND * 2 ** Math.min(polls, 6), MINUTE);
  const asked = retryAfter === null ? 0 : retryAfter.getTime() - now.getTime();
  return Math.min(Math.max(own, asked), DAY);
}

/**
 * When to renew: a third of the lifetime before the end, half of it for lifetimes under ten days. Never within an hour of
 * now, so that an odd lifetime or a wrong clock cannot make us order again and again.
 */
export function renewAt(notBefore: Date, notAfter: Date, now: Date): Date {
  const lifetime = notAfter.getTime() - notBefore.getTime();
  const left = lifetime < 10 * DAY ? lifetime / 2 : lifetime / 3;
  return new Date(Math.max(notAfter.getTime() - left, now.getTime() + HOUR));
}

/** The moment `ms` after `now`. */
export function after(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}

/** The earliest of some moments; null when there is none. */
export function earliest(...moments: (Date | null | undefined)[]): Date | null {
  const times = moments.flatMap((moment) => (moment ? [moment.getTime()] : []));
  return times.length === 0 ? null : new Date(Math.min(...times));
}
