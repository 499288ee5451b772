import type { StoreReader } from '@platform/database';
import type { ImportProblem, ReadProduct } from '../csv';

interface Existing {
  handle: string;
  names: string[];
  variants: number;
  values: string[];
}

/**
 * For a file without option columns: gives the only variant of a product that exists its option
 * values back, so that it is recognized. Of several variants nobody can tell which is meant.
 */
export async function fillOptions(
  store: StoreReader,
  items: readonly ReadProduct[],
): Promise<ReadProduct[]> {
  const rows = await store.query<Existing>(
    `SELECT p.handle, count(*)::int AS variants,
       (SELECT array_agg(o ->> 'name' ORDER BY at)
          FROM jsonb_array_elements(p.options) WITH ORDINALITY AS t (o, at)) AS names,
       array_remove(ARRAY[min(v.option1), min(v.option2), min(v.option3)], NULL) AS values
     FROM products p JOIN variants v USING (store_id, product_id)
     WHERE p.store_id = $1 AND p.handle = ANY ($2) AND p.options <> '[]'
     GROUP BY p.handle, p.options`,
    [store.storeId, items.map(({ handle }) => handle)],
  );
  const existing = new Map(rows.map((row) => [row.handle, row]));
  return items.map((item) => {
    const found = existing.get(item.handle);
    return found && item.product?.variants ? fill(item, found) : item;
  });
}

function fill(item: ReadProduct, { names, variants, values }: Existing): ReadProduct {
  const product = item.product;
  if (!product) return item;
  if (variants === 1) {
    const own = product.variants?.map((variant) => ({ ...variant, optionValues: values }));
    return { ...item, product: { ...product, options: names, variants: own } };
  }
  const problem: ImportProblem = {
    line: item.line,
    handle: item.handle,
    field: null,
    code: 'missing-option',
    message:
      `The product has ${variants} variants by ${names.join(', ')}; ` +
      'the file needs the columns of these options to say which one a row is.',
  };
  return { ...item, product: null, problems: [...item.problems, problem] };
}
