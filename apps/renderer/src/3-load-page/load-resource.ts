import { isFiltered, type ListWindow } from '@renderer/catalog';
import type { StoreReader } from '@platform/database';
import type { View } from '@template-engine/context';
import type { PageRoute } from '../2-match-route/match-route';
import type { RecommendationsAsked } from '../2-match-route/recommendations-asked';
import { loadSearch, predictiveSearch } from './load-search';
import type { ResourceFaces } from './resource-faces';

/** What a page is about: the object that its templates read under its own name, and what the head says of it. */
export interface Resource {
  /** The `@object`s of this page type. */
  globals: Record<string, unknown>;
  suffix: string | null;
  title: string | null;
  seoTitle: string | null;
  /** HTML or text; cut to a description. */
  description: string;
  breadcrumbs: { title: string; path: string }[];
  noindex: boolean;
}

/** What a theme wants of what its pages are about. */
export interface Wanted {
  /** How many things of a paged list are shown. */
  size: number;
  /** Whether a template of the page type reads this path, such as `collection.filters`. */
  reads: (path: string) => boolean;
  currency: string;
  locale: string;
}

/** So many products are recommended beside one (theme-format.md, 2.5). */
const mostRecommended = 8;

const plain: Resource = {
  globals: {},
  suffix: null,
  title: null,
  seoTitle: null,
  description: '',
  breadcrumbs: [],
  noindex: false,
};

/**
 * Loads what a page is about.
 * @returns null when there is no such thing, which makes it a 404
 */
export async function loadResource(
  store: StoreReader,
  route: PageRoute,
  wanted: Wanted,
  faces: ResourceFaces,
): Promise<Resource | null> {
  if (route.type.startsWith('customers/')) return { ...plain, noindex: true };
  switch (route.type) {
    case 'product':
      return loadProduct(store, route, wanted, faces);
    case 'collection':
      return loadCollection(store, route, wanted, faces);
    case 'list-collections':
      return loadCollectionList(store, route, wanted, faces);
    case 'page':
      return loadPage(store, route, faces);
    case 'blog':
      return loadBlog(store, route, wanted, faces);
    case 'article':
      return loadArticle(store, route, faces);
    case 'search':
      return searchPage(store, route, wanted, faces);
    case 'password':
      return { ...plain, noindex: true };
    case 'cart':
      return { ...plain, noindex: true };
    case '404':
      return { ...plain, suffix: route.suffix ?? null, noindex: true };
    default:
      return plain;
  }
}

async function loadProduct(
  store: StoreReader,
  { handle, query, canonicalPath, recommend }: PageRoute,
  { reads }: Wanted,
  { catalog }: ResourceFaces,
): Promise<Resource | null> {
  const most = {
    related: reads('product.recommendations') ? mostRecommended : 0,
    complementary: reads('product.complementary_products') ? mostRecommended : 0,
  };
  const variant = query.get('variant') ?? null;
  const found = await catalog.productPage(store, handle ?? '', variant, most);
  if (!found) return null;
  const { product, templateSuffix } = found;
  const recommendations =
    recommend && (await recommendationsOf(store, product.id, recommend, catalog));
  return {
    ...plain,
    globals: { product, ...(recommendations && { recommendations }) },
    suffix: templateSuffix,
    title: product.title,
    seoTitle: product.seo_title,
    description: product.seo_description ?? product.description,
    breadcrumbs: [
      { title: 'Home', path: '/' },
      { title: product.title, path: canonicalPath },
    ],
  };
}

async function recommendationsOf(
  store: StoreReader,
  productId: string,
  { intent, limit }: RecommendationsAsked,
  catalog: ResourceFaces['catalog'],
): Promise<View<'recommendations'>> {
  const products = await catalog.recommendations(store, { productId, intent, limit });
  return { performed: true, intent, products, products_count: products.length };
}

async function loadCollection(
  store: StoreReader,
  route: PageRoute,
  wanted: Wanted,
  { catalog }: ResourceFaces,
): Promise<Resource | null> {
  const { handle, canonicalPath, filters } = route;
  const window = windowOf(route, wanted, 'collection');
  const found = await catalog.collectionPage(store, handle ?? '', window);
  if (!found) return null;
  const { collection, templateSuffix, seoTitle, seoDescription } = found;
  return {
    ...plain,
    globals: { collection },
    suffix: templateSuffix,
    title: collection.title,
    seoTitle,
    description: seoDescription ?? collection.description,
    // Every choice is a page of its own: search engines shall know the whole list.
    noindex: isFiltered(filters),
    breadcrumbs: [
      { title: 'Home', path: '/' },
      { title: collection.title, path: canonicalPath },
    ],
  };
}

async function loadCollectionList(
  store: StoreReader,
  { page }: PageRoute,
  { size }: Wanted,
  { catalog }: ResourceFaces,
): Promise<Resource> {
  const list = await catalog.listCollections(store, { page, size });
  return { ...plain, globals: { list_collections: list } };
}

async function loadPage(
  store: StoreReader,
  { handle, canonicalPath }: PageRoute,
  { content }: ResourceFaces,
): Promise<Resource | null> {
  const page = await content.page(store, handle ?? '');
  if (!page) return null;
  return {
    ...plain,
    globals: { page },
    suffix: page.template_suffix,
    title: page.title,
    seoTitle: page.seo_title,
    description: page.seo_description ?? page.content,
    breadcrumbs: [
      { title: 'Home', path: '/' },
      { title: page.title, path: canonicalPath },
    ],
  };
}

async function loadBlog(
  store: StoreReader,
  { handle, page, tag: asked, canonicalPath }: PageRoute,
  { size }: Wanted,
  { blogs }: ResourceFaces,
): Promise<Resource | null> {
  const tag = asked ?? null;
  const found = await blogs.blogPage(store, handle ?? '', { tag, page, size });
  // Nothing is written under a tag that nobody used.
  if (!found || (tag !== null && found.blog.articles_count === 0)) return null;
  const { blog, words } = found;
  return {
    ...plain,
    globals: { blog },
    suffix: words.templateSuffix,
    title: tag === null ? blog.title : `${blog.title}: ${tag}`,
    seoTitle: tag === null ? words.seoTitle : null,
    description: words.seoDescription ?? '',
    breadcrumbs: [
      { title: 'Home', path: '/' },
      { title: blog.title, path: canonicalPath },
    ],
  };
}

async function loadArticle(
  store: StoreReader,
  { handle, article: name = '', canonicalPath }: PageRoute,
  { blogs }: ResourceFaces,
): Promise<Resource | null> {
  const found = await blogs.articlePage(store, handle ?? '', name);
  if (!found) return null;
  const { article, blog, words } = found;
  return {
    ...plain,
    globals: { article, blog },
    suffix: words.templateSuffix,
    title: article.title,
    seoTitle: words.seoTitle,
    description: words.seoDescription ?? (article.excerpt || article.content),
    breadcrumbs: [
      { title: 'Home', path: '/' },
      { title: blog.title, path: blog.url },
      { title: article.title, path: canonicalPath },
    ],
  };
}

async function searchPage(
  store: StoreReader,
  route: PageRoute,
  wanted: Wanted,
  faces: ResourceFaces,
): Promise<Resource> {
  const window = windowOf(route, wanted, 'search');
  if (route.suggest) {
    const predictive_search = await predictiveSearch(store, route.suggest, faces);
    return { ...plain, globals: { predictive_search }, noindex: true };
  }
  const withOthers = wanted.reads('search.results');
  const search = await loadSearch(store, route, { window, withOthers }, faces);
  return {
    ...plain,
    globals: { search },
    title: search.query === '' ? null : search.query,
    noindex: true,
  };
}

function windowOf(
  { query, page, filters }: PageRoute,
  { size, reads, currency, locale }: Wanted,
  list: 'collection' | 'search',
): ListWindow {
  const facets = reads(`${list}.filters`) || reads(`${list}.active_filters`);
  return { sort: query.get('sort_by') ?? null, page, size, filters, facets, currency, locale };
}
