/** Days in which a consumer may withdraw, from the day after the goods arrived (Directive 2011/83/EU, Article 9). */
const days = 14;

/** The calendar day of an instant where the store is: `YYYY-MM-DD`. @param timeZone IANA name */
export function dayOf(at: Date, timeZone: string): string {
  // Sweden writes days as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
}

/**
 * The last day of the period: fourteen days after the day of the delivery, and the next working day where that is a
 * Saturday or a Sunday (Regulation 1182/71, Article 3). Public holidays differ by place and are not counted.
 * @param delivered `YYYY-MM-DD`
 */
export function lastDayToWithdraw(delivered: string): string {
  const day = new Date(`${delivered}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  const weekday = day.getUTCDay();
  if (weekday === 6) day.setUTCDate(day.getUTCDate() + 2);
  if (weekday === 0) day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}

/** What the period of an order depends on. */
export interface Deliveries {
  /** Whether something of it has not left yet. */
  open: boolean;
  /** When each parcel arrived; null for one that nobody said has. */
  deliveredAt: readonly (Date | null)[];
}

/**
 * Whether a statement came after the period. Until the last parcel is known to have arrived there is none.
 * @param at when it was declared
 */
export function isLate({ open, deliveredAt }: Deliveries, at: Date, timeZone: string): boolean {
  if (open || deliveredAt.length === 0 || deliveredAt.includes(null)) return false;
  const last = Math.max(...deliveredAt.map((one) => one?.getTime() ?? 0));
  return dayOf(at, timeZone) > lastDayToWithdraw(dayOf(new Date(last), timeZone));
}

/** When money must be back at the latest: fourteen days after the statement (Article 13). */
export function refundDue(declaredAt: Date): Date {
  return new Date(declaredAt.getTime() + days * 24 * 60 * 60 * 1000);
}
