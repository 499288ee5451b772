import { z } from 'zod';

const flag = z.enum(['true', 'false']).default('false');

/** The query of a new import. */
export const productImportQuery = z.object({
  /** Gives the same verdicts and changes nothing. */
  dryRun: flag.transform((word) => word === 'true'),
  /** Updates products that exist; without it they are skipped and reported. */
  overwrite: flag.transform((word) => word === 'true'),
});

/** One finding: `line` is the physical line in the file, `field` the column's name in the file. */
export const productImportProblem = z
  .object({
    line: z.number().int(),
    handle: z.string().nullable(),
    field: z.string().nullable(),
    code: z.string(),
    message: z.string(),
  })
  .meta({ id: 'ProductImportProblem' });

/**
 * What has become of the file's products so far. A product whose rows change nothing counts as
 * skipped, as does one that exists when the import may not overwrite; of a skipped product no
 * variants are counted.
 */
export const productImportCounts = z
  .object({
    products: z.object({
      created: z.number().int(),
      updated: z.number().int(),
      skipped: z.number().int(),
      failed: z.number().int(),
    }),
    variants: z.object({
      created: z.number().int(),
      updated: z.number().int(),
      failed: z.number().int(),
    }),
    images: z.object({ queued: z.number().int(), failed: z.number().int() }),
  })
  .meta({ id: 'ProductImportCounts' });

/**
 * An import as it stands. `failed` means that the file as a whole could not be used, or that none
 * of its products could: the store is as it was. `problems` holds the first thousand; the list of
 * problems has them all.
 */
export const productImport = z
  .object({
    status: z.enum(['queued', 'running', 'completed', 'failed']),
    progress: z.number().min(0).max(1),
    counts: productImportCounts,
    problems: z.array(productImportProblem),
  })
  .meta({ id: 'ProductImport' });

/** The answer to a new import, whose work has only been asked for. */
export const productImportStarted = z.object({ id: z.uuid() }).meta({ id: 'ProductImportStarted' });

/** A page of an import's problems. */
export const productImportProblemPage = z
  .object({ items: z.array(productImportProblem), nextCursor: z.string().nullable() })
  .meta({ id: 'ProductImportProblemPage' });

export type ProductImport = z.output<typeof productImport>;
export type ProductImportCounts = z.output<typeof productImportCounts>;
export type ProductImportProblem = z.output<typeof productImportProblem>;
