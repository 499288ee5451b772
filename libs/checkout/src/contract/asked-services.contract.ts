import { z } from 'zod';
import { countryCode } from './places.contract';

const when = z.iso.datetime();

/** What every service has that is asked at the checkout. */
export const askedServiceFields = {
  name: z.string().trim().min(1).max(100),
  /** Where it is asked: https on the public internet. */
  address: z.url('must be a web address').max(2000),
  active: z.boolean(),
  countries: z.array(countryCode).min(1).max(250),
};

/** How it goes: `resting` is left alone for a while after failures in a row, and what the merchant fell back to counts. */
const health = z
  .object({
    state: z.enum(['unknown', 'good', 'failing', 'resting']),
    /** In a row. */
    failures: z.int(),
    restingUntil: when.nullable(),
    lastSuccessAt: when.nullable(),
    lastFailureAt: when.nullable(),
    /** What was wrong the last time: a sentence that names the field of the answer, where it was one. */
    lastFailure: z.string().nullable(),
  })
  .meta({ id: 'AskedServiceHealth' });

/** What the API answers of it beside what was said of it. */
export const askedServiceFacts = {
  id: z.uuid(),
  health,
  /** Until when the secret before this one signs as well. */
  previousSecretUntil: when.nullable(),
  createdAt: when,
  updatedAt: when,
  version: z.int(),
};

export const askedServiceSecretInput = z
  .object({
    /** For so long the secret before this one signs as well. */
    overlapHours: z.int().min(0).max(168).default(24),
  })
  .meta({ id: 'AskedServiceSecretInput' });

/** What a merchant says of a service, of whichever kind. */
export interface AskedServiceInput {
  name: string;
  address: string;
  active: boolean;
  /** Null is every one that the kind is asked for. */
  countries: string[] | null;
}

/** What is known of a service beside it, with its times as the database has them. */
export interface AskedServiceView extends AskedServiceInput {
  id: string;
  health: Pick<z.output<typeof health>, 'state' | 'failures' | 'lastFailure'> & {
    restingUntil: Date | null;
    lastSuccessAt: Date | null;
    lastFailureAt: Date | null;
  };
  previousSecretUntil: Date | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}
