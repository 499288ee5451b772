import type { RateQuestion } from '../src/shipping/rate-services/rate-question';
import { type AskedServer, json, openAskedServer } from './asked-server';

/** A service that tells rates. */
export type RateServer = AskedServer<RateQuestion>;

/** An express rate of 7.20, in the currency that is asked for. */
export const express = (priceMinor = 720) => ({
  code: 'express',
  name: 'Express',
  priceMinor,
  currency: 'EUR',
});

/** Answers with these rates. */
export const rates = (...list: object[]): RateServer['answer'] => json({ rates: list });

/** Begins to listen on loopback; tells the express rate unless a test says otherwise. */
export function openRateServer(): Promise<RateServer> {
  return openAskedServer('/rates', rates(express()));
}
