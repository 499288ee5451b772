import { z } from 'zod';

/** What a write took out of a field of HTML: what could run, leave its place or pass itself off as the shop's own. */
export const htmlWarnings = z.array(
  z.object({
    field: z.string(),
    code: z.literal('html-removed'),
    message: z.string(),
    /** `attribute` is null when the element went itself, `style: <property>` for a part of its style. */
    removed: z.array(
      z.object({ element: z.string(), attribute: z.string().nullable(), count: z.int() }),
    ),
  }),
);
