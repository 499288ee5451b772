import type { z } from 'zod';

/**
 * What the API answers for a thing: its contract's fields and no others, with times as text.
 * @throws ZodError when the thing is not of that form, which is a fault of ours
 */
export function shaped<Schema extends z.ZodType>(schema: Schema, thing: object): z.output<Schema> {
  return schema.parse(JSON.parse(JSON.stringify(thing)));
}
