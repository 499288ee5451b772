import type { StoreReader } from '@platform/database';
import type { DiscountRuleInput } from '../contract';
import { discountsErrors } from './discounts.errors';

interface Named {
  kind: 'product' | 'variant' | 'collection';
  id: string;
  field: string;
}

/**
 * Refuses a rule that names products, variants or collections which the store does not have, in one statement.
 * @throws discounts.unknown-target
 */
export async function checkTargets(store: StoreReader, rule: DiscountRuleInput): Promise<void> {
  const named = namedBy(rule);
  if (named.length === 0) return;
  const [missing] = await store.query<Named>(
    `SELECT n.id, n.field FROM jsonb_to_recordset($2) AS n (kind text, id uuid, field text)
     WHERE NOT CASE n.kind
       WHEN 'product' THEN EXISTS (SELECT FROM products p WHERE p.store_id = $1 AND p.product_id = n.id)
       WHEN 'variant' THEN EXISTS (SELECT FROM variants v WHERE v.store_id = $1 AND v.variant_id = n.id)
       ELSE EXISTS (SELECT FROM collections c WHERE c.store_id = $1 AND c.collection_id = n.id) END
     ORDER BY n.field LIMIT 1`,
    [store.storeId, JSON.stringify(named)],
  );
  if (missing) {
    throw discountsErrors.error('unknown-target', { id: missing.id }, { field: missing.field });
  }
}

function namedBy(rule: DiscountRuleInput): Named[] {
  if (rule.kind === 'flash_sale') {
    return rule.units.map(({ variantId: id }, at) => ({
      kind: 'variant',
      id,
      field: `rule.units.${at}.variantId`,
    }));
  }
  if (rule.kind === 'shipping') return [];
  const places =
    rule.kind === 'buy_x_get_y'
      ? { 'rule.buy.targets': rule.buy.targets, 'rule.get.targets': rule.get.targets }
      : { 'rule.targets': rule.targets };
  return Object.entries(places).flatMap(([field, { productIds, variantIds, collectionIds }]) => {
    const list = (kind: Named['kind'], ids: readonly string[] = []): Named[] =>
      ids.map((id, at) => ({ kind, id, field: `${field}.${kind}Ids.${at}` }));
    return [
      ...list('product', productIds),
      ...list('variant', variantIds),
      ...list('collection', collectionIds),
    ];
  });
}
