import type { StoreWriter } from '@platform/database';
import { catalogErrors } from './catalog.errors';
import { type ProductDraft, type ProductVerdict, writeProducts } from './product-write';

/** The API's names of the fields that a draft's problems name by the trade's word. */
const apiNames: Readonly<Record<string, string>> = {
  price: 'priceMinor',
  compareAt: 'compareAtMinor',
  cost: 'costMinor',
  'inventory.quantity': 'quantity',
};

/**
 * Writes one product for an editor.
 * @throws catalog.invalid-product with an issue per fault, catalog.handle-taken
 */
export async function writeOne(
  store: StoreWriter,
  draft: ProductDraft,
  { overwrite }: { overwrite: boolean },
): Promise<ProductVerdict & { productId: string }> {
  const [verdict] = await writeProducts(store, [draft], { overwrite, cause: 'edit' });
  const { productId = null, outcome, problems = [] } = verdict ?? {};
  const taken = problems.find(({ code }) => code === 'handle-taken');
  if (taken || outcome === 'skipped')
    throw catalogErrors.error('handle-taken', { handle: draft.handle }, { field: 'handle' });
  if (!verdict || productId === null) {
    const issues = problems.map(({ field, code, message }) => ({
      field: field.replace(/^(variants\.\d+\.)(.+)$/, (_, at: string, name: string) => {
        return at + (apiNames[name] ?? name);
      }),
      code: `catalog.${code}`,
      message,
    }));
    throw catalogErrors.error('invalid-product', {}, { issues });
  }
  return { ...verdict, productId };
}
