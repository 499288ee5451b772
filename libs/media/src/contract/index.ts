import { z } from 'zod';

export const image = z
  .object({
    id: z.uuid(),
    sourceUrl: z.string().nullable(),
    state: z.enum(['pending', 'ready', 'failed']),
    contentHash: z.string().nullable(),
    width: z.int().nullable(),
    height: z.int().nullable(),
    errorCode: z.string().nullable(),
    error: z.string().nullable(),
    attempts: z.int(),
    nextAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Image' });

export const imageList = z
  .object({ items: z.array(image), nextCursor: z.string().nullable() })
  .meta({ id: 'ImageList' });
