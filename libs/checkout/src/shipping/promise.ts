/** Working days, Monday to Friday: at least so many and at most so many. */
export interface DayRange {
  minDays: number;
  maxDays: number;
}

/** What decides when something arrives. */
export interface PromiseTerms {
  /** Working days until it leaves. */
  handling: DayRange;
  /** Working days on the way; null promises nothing. */
  transit: DayRange | null;
  /** `HH:MM` of the store's day, after which an order counts for the next one. */
  cutoff: string;
  timeZone: string;
}

/** The first and the last day on which it is promised to arrive, `YYYY-MM-DD`. */
export interface PromisedDates {
  from: string;
  to: string;
}

/**
 * When something ordered now arrives: the next working day when it is after the cutoff or a weekend, plus handling, plus
 * transit.
 * @param now milliseconds since 1970
 */
export function promisedDates(
  now: number,
  { handling, transit, cutoff, timeZone }: PromiseTerms,
): PromisedDates | null {
  if (transit === null) return null;
  const { day, time } = localTime(now, timeZone);
  const start = time < cutoff && isWorkingDay(day) ? day : addWorkingDays(day, 1);
  return {
    from: addWorkingDays(start, handling.minDays + transit.minDays),
    to: addWorkingDays(start, handling.maxDays + transit.maxDays),
  };
}

/** The day and time at an instant in a zone, `YYYY-MM-DD` and `HH:MM`. */
export function localTime(now: number, timeZone: string): { day: string; time: string } {
  const text = new Date(now).toLocaleString('sv-SE', { timeZone, hourCycle: 'h23' });
  const [day = '', time = ''] = text.split(' ');
  return { day, time: time.slice(0, 5) };
}

/** The working day that many working days after a day; 0 stays where it is. */
function addWorkingDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  for (let left = days; left > 0;) {
    date.setUTCDate(date.getUTCDate() + 1);
    if (isWorkingDay(date.toISOString().slice(0, 10))) left -= 1;
  }
  return date.toISOString().slice(0, 10);
}

function isWorkingDay(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}
