import { z } from 'zod';

/** The query of every list: at most 100 items, 50 by default, and where the last page ended. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(1000).optional(),
});
