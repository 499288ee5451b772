import { typedWords } from './typed-words';

/** What can be searched, in the order in which it is listed. */
export const searchKinds = ['product', 'collection', 'page', 'article'] as const;
export type SearchKind = (typeof searchKinds)[number];

/** What is asked for while a shopper types. */
export interface SuggestAsked {
  q: string;
  kinds: readonly SearchKind[];
  /** Whether words to go on with are asked for. */
  queries: boolean;
  /** 1 to 10. */
  limit: number;
  /** Whether the limit is of all that is found together, or of each kind. */
  scope: 'all' | 'each';
  /** Where products stand that are sold out. */
  unavailable: 'show' | 'hide' | 'last';
  /** In which of a thing's texts is searched, as PostgreSQL's weights; null for all of them. */
  weights: string | null;
}

const most = 10;

/** Shopify's names of texts, and the weight under which each is indexed. A label is a tag, a type, a maker, an author. */
const weightOf: Readonly<Record<string, string>> = {
  title: 'A',
  author: 'B',
  product_type: 'B',
  tag: 'B',
  vendor: 'B',
  'variants.barcode': 'C',
  'variants.sku': 'C',
  'variants.title': 'C',
  body: 'D',
};

/**
 * Reads what Shopify's Predictive Search API takes: `q`, `resources[type]=product,page`, `resources[limit]`,
 * `resources[limit_scope]`, `resources[options][unavailable_products]` and `resources[options][fields]`.
 * @returns a sentence about the parameter that is wrong, where one is
 */
export function suggestAsked(query: URLSearchParams): SuggestAsked | string {
  if (!query.has('q')) return 'A q value is missing';
  const types = listOf(query, 'resources[type]');
  const limit = query.get('resources[limit]') ?? String(most);
  const scope = query.get('resources[limit_scope]') ?? 'all';
  const unavailable = query.get('resources[options][unavailable_products]') ?? 'last';
  const fields = listOf(query, 'resources[options][fields]');
  if (types?.some((type) => type !== 'query' && !isOneOf(searchKinds, type))) return wrong('type');
  if (!/^([1-9]|10)$/.test(limit)) return wrong('limit');
  if (!isOneOf(['all', 'each'], scope)) return wrong('limit_scope');
  if (!isOneOf(['show', 'hide', 'last'], unavailable)) return wrong('unavailable_products');
  if (fields?.some((field) => !Object.hasOwn(weightOf, field))) return wrong('fields');
  const weights = fields && new Set(fields.map((field) => weightOf[field]));
  return {
    q: typedWords(query),
    kinds: types ? searchKinds.filter((kind) => types.includes(kind)) : searchKinds,
    queries: types?.includes('query') ?? true,
    limit: Number(limit),
    scope,
    unavailable,
    weights: weights && [...'ABCD'].filter((one) => weights.has(one)).join(''),
  };
}

/** The words of a list with commas between them; null without any. */
function listOf(query: URLSearchParams, name: string): string[] | null {
  const words = (query.get(name) ?? '').split(',').map((word) => word.trim());
  const given = words.filter((word) => word !== '');
  return given.length === 0 ? null : given;
}

function isOneOf<T extends string>(known: readonly T[], word: string): word is T {
  return (known as readonly string[]).includes(word);
}

function wrong(name: string): string {
  return `Invalid option for \`${name}\` parameter`;
}
