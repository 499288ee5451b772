/** What a theme can read of what was looked for. */
export const foundShapes = {
  search_result: {
    kind: 'text',
    title: 'text',
    url: 'url',
    product: 'product?',
    page: 'page?',
    article: 'article?',
    collection: 'link?',
  },
  search: {
    query: 'text',
    performed: 'bool',
    results: 'search_result[]',
    products: 'product[]',
    results_count: 'number',
    products_count: 'number',
    sort_by: 'text',
    sort_options: 'sort_option[]',
    filters: 'filter[]',
    active_filters: 'active_filter[]',
    filters_clear_url: 'url',
  },
  /** What goes with a product, in what `/recommendations/products` fetches. */
  recommendations: {
    performed: 'bool',
    intent: 'text',
    products: 'product_card[]',
    products_count: 'number',
  },
  /** What `/search/suggest` found while the shopper types. */
  predictive_search: {
    query: 'text',
    performed: 'bool',
    products: 'product_card[]',
    collections: 'link[]',
    pages: 'link[]',
    articles: 'link[]',
    terms: 'text[]',
  },
} as const;
