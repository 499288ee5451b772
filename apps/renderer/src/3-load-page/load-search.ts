import { completions, searchQuery } from '@libs/kernel';
import { type ListWindow, isFiltered } from '@renderer/catalog';
import type { ContentHit, PageData } from '@renderer/content';
import type { StoreReader } from '@platform/database';
import type { View } from '@template-engine/context';
import type { PageRoute } from '../2-match-route/match-route';
import { type SearchKind, type SuggestAsked, searchKinds } from '../2-match-route/suggest-asked';
import { typedWords } from '../2-match-route/typed-words';
import type { ResourceFaces } from './resource-faces';
import { shareOut } from './share-out';

type Search = View<'search'>;
type Result = View<'search_result'>;

/** So many products can be asked for by their ids. */
const mostIds = 12;
/** So many words a suggestion offers to go on with. */
const mostTerms = 4;
/** Of so many products words are taken, where none are listed. */
const mostNamed = 10;

/**
 * What a search found: products first, then collections, then pages and articles, in one list of pages of which each is
 * as long as the theme says. Filters are about products, so nothing else is listed while there are any.
 * @param window which part is shown @param withOthers whether the theme lists anything but products
 */
export async function loadSearch(
  store: StoreReader,
  { query, filters }: PageRoute,
  { window, withOthers }: { window: ListWindow; withOthers: boolean },
  faces: ResourceFaces,
): Promise<Search> {
  const ids = idsOf(query.get('ids'));
  if (ids.length > 0) return faces.catalog.searchByIds(store, ids, window);
  const q = typedWords(query);
  const kinds = kindsOf(query.get('type'));
  const found = kinds.includes('product')
    ? await faces.catalog.search(store, q, window)
    : { ...(await faces.catalog.search(store, '', window)), query: q, performed: q !== '' };
  const wanted = searchQuery(q);
  if (wanted === null || !withOthers || isFiltered(filters)) return found;
  const others = await otherResults(store, { wanted, kinds, window, found }, faces);
  return {
    ...found,
    results: [...found.results, ...others.results],
    results_count: found.products_count + others.count,
  };
}

/** What is found while somebody types: the things themselves, and how their words may go on. */
export interface Suggestions<Product> {
  products: Product[];
  collections: (View<'link'> & { id: string })[];
  pages: PageData[];
  articles: View<'article'>[];
  terms: string[];
}

/**
 * What is found while a shopper types: the best of each kind that is asked for, within the limit.
 * @param productsOf finds products by the text of a tsquery, the best first
 */
export async function loadSuggestions<Product extends { title: string }>(
  store: StoreReader,
  { q, kinds, limit, scope, queries, weights }: SuggestAsked,
  { catalog, search }: Pick<ResourceFaces, 'catalog' | 'search'>,
  productsOf: (wanted: string) => Promise<Product[]>,
): Promise<Suggestions<Product>> {
  const wanted = searchQuery(q, weights ?? '');
  if (wanted === null) return { products: [], collections: [], pages: [], articles: [], terms: [] };
  const asked = (kind: SearchKind) => kinds.includes(kind);
  const part = { limit, offset: 0 };
  const products = asked('product') ? await productsOf(wanted) : [];
  const collections = asked('collection')
    ? (await catalog.searchCollections(store, wanted, part)).collections
    : [];
  const each = async (kind: 'page' | 'article') =>
    asked(kind) ? (await search.find(store, wanted, { kinds: [kind], ...part })).hits : [];
  const hits = [...(await each('page')), ...(await each('article'))];
  const pages = hits.flatMap((hit) => (hit.kind === 'page' ? [hit.page] : []));
  const articles = hits.flatMap((hit) => (hit.kind === 'article' ? [hit.article] : []));
  // Words come of products that are found, whether these are asked for themselves or not.
  const named =
    queries && !asked('product')
      ? await catalog.suggest(store, wanted, { limit: mostNamed, unavailable: 'show' })
      : products;
  const titles = [...named, ...collections].map(({ title }) => title);
  const terms = queries ? completions(q, titles, Math.min(limit, mostTerms)) : [];
  const found = { products, collections, pages, articles, terms };
  return scope === 'each' ? found : within(found, limit);
}

/** So much of what was found that it is no more than the limit together. */
function within<Product>(
  { products, collections, pages, articles, terms }: Suggestions<Product>,
  limit: number,
): Suggestions<Product> {
  const lists = [products, collections, pages, articles, terms];
  const [first, second, third, fourth, fifth] = shareOut(
    lists.map(({ length }) => length),
    limit,
  );
  return {
    products: products.slice(0, first),
    collections: collections.slice(0, second),
    pages: pages.slice(0, third),
    articles: articles.slice(0, fourth),
    terms: terms.slice(0, fifth),
  };
}

/** The same as a theme reads it, with cards of products. */
export async function predictiveSearch(
  store: StoreReader,
  asked: SuggestAsked,
  faces: ResourceFaces,
): Promise<View<'predictive_search'>> {
  const found = await loadSuggestions(store, asked, faces, (wanted) =>
    faces.catalog.suggest(store, wanted, asked),
  );
  return {
    ...found,
    query: asked.q,
    performed: searchQuery(asked.q) !== null,
    collections: found.collections.map(linkOf),
    pages: found.pages.map(linkOf),
    articles: found.articles.map(linkOf),
  };
}

/** What stands behind the products in the list of results. */
async function otherResults(
  store: StoreReader,
  {
    wanted,
    kinds,
    window: { page, size },
    found,
  }: { wanted: string; kinds: readonly SearchKind[]; window: ListWindow; found: Search },
  { catalog, search }: ResourceFaces,
): Promise<{ count: number; results: Result[] }> {
  const room = Math.max(0, size - found.results.length);
  const start = Math.max(0, (page - 1) * size - found.products_count);
  const { count, collections } = kinds.includes('collection')
    ? await catalog.searchCollections(store, wanted, { limit: room, offset: start })
    : { count: 0, collections: [] };
  const written = await search.find(store, wanted, {
    kinds: kinds.filter((kind) => kind === 'page' || kind === 'article'),
    limit: room - collections.length,
    offset: Math.max(0, start - count),
  });
  return {
    count: count + written.count,
    results: [
      ...collections.map((collection) =>
        result('collection', collection, { collection: linkOf(collection) }),
      ),
      ...written.hits.map(hitResult),
    ],
  };
}

function hitResult(hit: ContentHit): Result {
  if (hit.kind === 'article') return result('article', hit.article, { article: hit.article });
  const { template_suffix: _, seo_title: __, seo_description: ___, ...page } = hit.page;
  return result('page', page, { page: { ...page, metafields: {} } });
}

function result(
  kind: SearchKind,
  { title, url }: { title: string; url: string },
  own: Partial<Result>,
): Result {
  return { kind, title, url, product: null, page: null, article: null, collection: null, ...own };
}

function linkOf({ title, handle, url }: View<'link'>): View<'link'> {
  return { title, handle, url };
}

/** `type=product,page`; all kinds when none of them is known. */
function kindsOf(type: string | undefined): readonly SearchKind[] {
  const asked = (type ?? '').split(',');
  const known = searchKinds.filter((kind) => asked.includes(kind));
  return known.length === 0 ? searchKinds : known;
}

/** Public ids, as the storefront remembers what was looked at; each once, in their order. */
function idsOf(text: string | undefined): string[] {
  const ids = (text ?? '').split(',').filter((id) => /^\d{1,15}$/.test(id));
  return [...new Set(ids)].slice(0, mostIds);
}
