import { z } from 'zod';
import { type Judged, readAnswer, sentence } from '../../asking/read-answer';

/** Most taxes on one line: a state, a county, a city and a few districts. */
const mostTaxes = 10;
/** The whole: nobody levies more than the price. */
const whole = 1_000_000;

const tax = z.object({
  name: sentence(100),
  jurisdiction: sentence(100),
  /** Parts per million. */
  ppm: z.int().min(0).max(whole),
});

const taxes = z
  .array(tax)
  .max(mostTaxes)
  .refine((list) => list.reduce((sum, { ppm }) => sum + ppm, 0) <= whole, 'are more than the price')
  .refine(
    (list) =>
      new Set(list.map(({ name, jurisdiction }) => `${name}\n${jurisdiction}`)).size ===
      list.length,
    'name a tax twice',
  );

const answer = z.object({
  lines: z.array(z.object({ id: z.string().max(10), taxes })).max(1000),
  shipping: taxes.nullish().default(null),
});

/** Taxes as a service told them: on each line of the question, in its order, and on delivery. */
export interface ToldTaxes {
  lines: z.output<typeof taxes>[];
  /** Null where it said nothing of delivery. */
  shipping: z.output<typeof taxes> | null;
}

/**
 * Reads what a service answered. An answer that leaves a line out, or names one that was not asked about, is wrong as a
 * whole: what is taxed at nothing must be said to be.
 * @param asked the ids of the lines of the question
 */
export function judgeTaxes(body: Buffer, asked: readonly string[]): Judged<ToldTaxes> {
  const read = readAnswer(body, answer);
  if ('fault' in read) return read;
  const told = new Map<string, ToldTaxes['lines'][number]>();
  for (const [at, { id, taxes: list }] of read.answer.lines.entries()) {
    if (!asked.includes(id)) return { fault: `lines.${at}.id: was not asked about` };
    if (told.has(id)) return { fault: `lines.${at}.id: twice` };
    told.set(id, list);
  }
  const missing = asked.find((id) => !told.has(id));
  if (missing !== undefined) return { fault: `lines: say nothing of ${missing}` };
  const lines = asked.map((id) => told.get(id) ?? []);
  return { answer: { lines, shipping: read.answer.shipping ?? null } };
}
