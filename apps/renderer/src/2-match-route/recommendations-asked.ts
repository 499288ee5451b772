/** What goes with a product, as scripts ask for it. */
export interface RecommendationsAsked {
  /** The product's public id as it was sent. */
  productId: string;
  /** 1 to 10. */
  limit: number;
  intent: 'related' | 'complementary';
}

/** As many as Shopify recommends at once. */
const most = 10;

/**
 * Reads what Shopify's Product Recommendations API takes: `product_id`, `limit` and `intent`.
 * @returns a sentence about the parameter that is wrong, where one is
 */
export function recommendationsAsked(query: URLSearchParams): RecommendationsAsked | string {
  const productId = query.get('product_id') ?? '';
  const limit = query.get('limit') ?? String(most);
  const intent = query.get('intent') ?? 'related';
  if (productId === '') return 'A product_id value is missing';
  if (intent !== 'related' && intent !== 'complementary')
    return 'The intent parameter must be one of related, complementary';
  if (!/^([1-9]|10)$/.test(limit)) return `The limit parameter must be between 1 and ${most}`;
  return { productId: productId.slice(0, 100), limit: Number(limit), intent };
}
