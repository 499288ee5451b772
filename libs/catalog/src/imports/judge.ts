import type { ProductImportCounts } from '../contract/product-imports.contract';
import type { ImportProblem, ReadProduct } from '../csv';
import type { DraftProblem, ProductVerdict } from '../product-write';

/** What a batch has come to. */
export interface Outcome {
  counts: ProductImportCounts;
  problems: ImportProblem[];
}

/** Counts of nothing. */
export function noCounts(): ProductImportCounts {
  return {
    products: { created: 0, updated: 0, skipped: 0, failed: 0 },
    variants: { created: 0, updated: 0, failed: 0 },
    images: { queued: 0, failed: 0 },
  };
}

/**
 * Joins what the file's reader and the shop's writer say about a batch.
 * @param verdicts the writer's, by handle; none for a product that the reader refused
 * @param refused why nothing could be written, when that is so
 */
export function judge(
  items: readonly ReadProduct[],
  verdicts: ReadonlyMap<string, ProductVerdict>,
  refused?: string,
): Outcome {
  const outcome: Outcome = { counts: noCounts(), problems: [] };
  for (const item of items) {
    outcome.problems.push(...item.problems);
    outcome.counts.images.failed += item.counts.imagesFailed;
    const verdict = item.product ? verdicts.get(item.handle) : undefined;
    if (verdict && verdict.outcome !== 'failed') addWritten(outcome, item, verdict);
    else {
      outcome.counts.products.failed += 1;
      outcome.counts.variants.failed += item.counts.variants;
      if (item.product) outcome.problems.push(...whyNot(item, verdict, refused));
    }
  }
  return outcome;
}

function addWritten(
  { counts, problems }: Outcome,
  item: ReadProduct,
  verdict: ProductVerdict,
): void {
  if (verdict.outcome === 'created') counts.products.created += 1;
  else if (verdict.outcome === 'updated') counts.products.updated += 1;
  else counts.products.skipped += 1;
  counts.variants.created += verdict.variants.created;
  counts.variants.updated += verdict.variants.updated;
  counts.images.queued += verdict.imagesQueued;
  problems.push(...verdict.warnings.map((warning) => problemOf(item, warning)));
  if (verdict.outcome === 'skipped') {
    const message = `A product with the handle “${item.handle}” exists; it was left as it is.`;
    problems.push(problemOf(item, { field: '', code: 'handle-exists', message }));
  }
}

function whyNot(
  item: ReadProduct,
  verdict: ProductVerdict | undefined,
  refused: string | undefined,
): ImportProblem[] {
  const found = verdict?.problems ?? [];
  if (found.length > 0) return found.map((problem) => problemOf(item, problem));
  const message = refused ?? 'The product could not be written.';
  return [problemOf(item, { field: '', code: 'not-written', message })];
}

/** A path such as `variants.3.price` leads back to the line on which that variant stands. */
function problemOf(item: ReadProduct, { field, code, message }: DraftProblem): ImportProblem {
  const [, list, index] = /^(variants|images)\.(\d+)/.exec(field) ?? [];
  const part = list ? item.product?.[list as 'variants' | 'images']?.[Number(index)] : undefined;
  return {
    line: part?.line ?? item.line,
    handle: item.handle,
    field: field === '' ? null : field,
    code: code as ImportProblem['code'],
    message,
  };
}
