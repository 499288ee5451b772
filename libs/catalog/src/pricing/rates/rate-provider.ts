/** The rates of one day, for one euro. */
export interface ReferenceRates {
  /** `YYYY-MM-DD`. */
  day: string;
  /** Units of each currency for one euro, in 1e-10; the euro itself among them. */
  rates: ReadonlyMap<string, number>;
}

/** Where reference rates come from. An implementation talks to its source and knows no database. */
export interface RateProvider {
  /** The name by which markets choose it. */
  readonly source: 'ecb';
  /** @throws AppError `fetch.*`, or `markets.bad-rates` when the answer is no list of rates */
  fetch(): Promise<ReferenceRates>;
}
