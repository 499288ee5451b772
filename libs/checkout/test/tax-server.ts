import type { TaxServiceQuestion } from '../src/taxes/tax-services/tax-question';
import { type AskedServer, json, openAskedServer } from './asked-server';

/** A service that tells taxes. */
export type TaxServer = AskedServer<TaxServiceQuestion>;

/** The state's tax and the city's. */
export const state = (ppm = 40_000) => ({ name: 'State tax', jurisdiction: 'US-NY', ppm });
export const city = (ppm = 45_000) => ({
  name: 'City tax',
  jurisdiction: 'US-NY/New York City',
  ppm,
});

/** Answers with these taxes on every line, and with those on delivery. */
export const levies =
  (taxes: object[], shipping?: object[]): TaxServer['answer'] =>
  (response, question) => {
    const lines = question.lines.map(({ id }) => ({ id, taxes }));
    json({ lines, ...(shipping ? { shipping } : {}) })(response, question);
  };

/** Begins to listen on loopback; the state taxes delivery, too, unless a test says otherwise. */
export function openTaxServer(): Promise<TaxServer> {
  return openAskedServer('/taxes', levies([state(), city()], [state()]));
}
