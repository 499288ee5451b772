import type { Images } from '@libs/media';
import type { StoreReader } from '@platform/database';
import type { View } from '@template-engine/context';
import type { PriceTerms } from '../../pricing/price-terms';
import { cardJson, fullJson, visible } from '../page-sql';
import type { FullProductRow, ProductRow } from '../product-row';
import { productView } from '../product-view';

/** A product as its page shows it, with what scripts are told beside. */
export interface ProductFacts {
  product: View<'product'>;
  full: FullProductRow;
  trade: TradeRow;
  currency: string;
}

/** What `tradeJson` reads of a product. */
interface TradeRow {
  /** ISO 8601, as PostgreSQL writes it in JSON. */
  createdAt: string;
  updatedAt: string;
  /** By public id; those that `fullJson` lists. */
  variants: Record<string, TradeVariant>;
}

interface TradeVariant {
  position: number;
  taxable: boolean;
  requiresShipping: boolean;
  tracked: boolean;
  createdAt: string;
  updatedAt: string;
}

/** What no page shows of a product and its variants. */
const tradeJson = `jsonb_build_object('createdAt', p.created_at, 'updatedAt', p.updated_at,
  'variants', (SELECT coalesce(jsonb_object_agg(v.public_id, jsonb_build_object('position', v.position,
      'taxable', v.taxable, 'requiresShipping', v.requires_shipping, 'tracked', v.tracked,
      'createdAt', v.created_at, 'updatedAt', v.updated_at)), '{}')
    FROM variants v WHERE v.store_id = p.store_id AND v.product_id = p.product_id))`;

/** What is read of each product, as SQL over `p`. */
export const factColumns = `${cardJson} AS row, ${fullJson('NULL::bigint')} AS full, ${tradeJson} AS trade`;

/** A row of `factColumns`. */
export interface FactRow {
  row: ProductRow;
  full: FullProductRow;
  trade: TradeRow;
}

/**
 * Visible products that meet a condition.
 * @param condition SQL over `p` whose parameter is `$2` @param value that parameter
 * @returns in no order; two statements
 */
export async function findProductFacts(
  store: StoreReader,
  images: Images,
  { condition, value, terms }: { condition: string; value: unknown; terms: PriceTerms },
): Promise<ProductFacts[]> {
  const found = await store.query<FactRow>(
    `SELECT ${factColumns} FROM products p WHERE p.store_id = $1 AND ${condition} AND ${visible}`,
    [store.storeId, value],
  );
  return factsOf(store, images, found, terms);
}

/** The products of rows, in their order, with the pictures that can be shown; one statement. */
export async function factsOf(
  store: StoreReader,
  images: Images,
  found: readonly FactRow[],
  terms: PriceTerms,
): Promise<ProductFacts[]> {
  const ids = [...new Set(found.flatMap(({ full }) => full.media.map(({ mediaId }) => mediaId)))];
  const ready = ids.length === 0 ? new Map() : await images.ready(store, ids);
  return found.map(({ row, full, trade }) => ({
    product: productView({ ...row, full }, { images: ready, terms }, null),
    full,
    trade,
    currency: terms.currency,
  }));
}
