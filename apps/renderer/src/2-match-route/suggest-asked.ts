/** What can be searched, in the order in which it is listed. */
export const searchKinds = ['product', 'collection', 'page', 'article'] as const;
export type SearchKind = (typeof searchKinds)[number];

/** What is asked for while a shopper types. */
export interface SuggestAsked {
  q: string;
  kinds: readonly SearchKind[];
  /** How many of each kind, 1 to 10. */
  limit: number;
}

const most = 10;

/** Reads `q`, `resources[type]=product,page` and `resources[limit]`, as Shopify names them; unknown kinds are nothing. */
export function suggestAsked(query: URLSearchParams): SuggestAsked {
  const q = (query.get('q') ?? '').trim().slice(0, 200);
  const types = (query.get('resources[type]') ?? '').split(',').map((type) => type.trim());
  const kinds = searchKinds.filter((kind) => types.includes(kind));
  const limit = Number(query.get('resources[limit]') ?? most);
  return {
    q,
    kinds: kinds.length === 0 ? searchKinds : kinds,
    limit: Number.isInteger(limit) ? Math.min(most, Math.max(1, limit)) : most,
  };
}
