/** Whether a general discount `d` means a variant `v` of a product `p`; a gift card is sold at its worth. */
export const discountMeans = `(NOT p.gift_card AND (d.targets = '{}'
  OR coalesce(d.targets -> 'productIds' ? p.product_id::text, false)
  OR coalesce(d.targets -> 'variantIds' ? v.variant_id::text, false)
  OR coalesce(d.targets -> 'tags' ?| p.tags, false)
  OR (d.targets ? 'collectionIds' AND EXISTS (SELECT FROM collection_products c WHERE c.store_id = p.store_id
    AND c.product_id = p.product_id AND d.targets -> 'collectionIds' ? c.collection_id::text))))`;
