import type { DataPlan, DataSource } from '@libs/template-engine';
import type { CatalogPages } from '@renderer/catalog';
import type { BlogPages, ContentPages } from '@renderer/content';
import type { StoreReader } from '@platform/database';

type Loaded = Record<string, unknown>;

/** The slices that sections' settings can point into. */
export interface SourceFaces {
  catalog: CatalogPages;
  content: ContentPages;
  blogs: BlogPages;
}

/**
 * Loads what the settings of all sections point to: one batch for each kind of thing, however many sections ask.
 * @returns the answers by source key; what is gone or unpublished is missing
 */
export async function loadSources(
  store: StoreReader,
  plan: DataPlan,
  { catalog, content, blogs }: SourceFaces,
): Promise<Loaded> {
  const of = (kind: DataSource['kind']): DataSource[] =>
    plan.sources.filter((source) => source.kind === kind);
  const loaded: Loaded = {};
  const products = of('product');
  if (products.length > 0) {
    const found = await catalog.productsByRefs(store, refs(products));
    for (const source of products) loaded[source.key] = found.get(source.ref) ?? null;
  }
  const collections = of('collection');
  if (collections.length > 0) {
    const limit = Math.max(...collections.map((source) => source.limit));
    const found = await catalog.collectionsByRefs(store, refs(collections), limit);
    for (const source of collections) {
      const collection = found.get(source.ref);
      loaded[source.key] = collection
        ? { ...collection, products: collection.products.slice(0, source.limit) }
        : null;
    }
    await fillProducts(store, collections, loaded, catalog);
  }
  const pages = of('page');
  if (pages.length > 0) {
    const found = await content.pagesByRefs(store, refs(pages));
    for (const source of pages) loaded[source.key] = found.get(source.ref) ?? null;
  }
  const journals = of('blog');
  if (journals.length > 0) {
    const limit = Math.max(...journals.map((source) => source.limit));
    const found = await blogs.blogsByRefs(store, refs(journals), limit);
    for (const source of journals) {
      const blog = found.get(source.ref);
      loaded[source.key] = blog
        ? { ...blog, articles: blog.articles.slice(0, source.limit) }
        : null;
    }
  }
  const articles = of('article');
  if (articles.length > 0) {
    const found = await blogs.articlesByRefs(store, refs(articles));
    for (const source of articles) loaded[source.key] = found.get(source.ref) ?? null;
  }
  return loaded;
}

/**
 * The second wave, for collections of which more is read than a card shows: their products with everything
 * (theme-format.md, 2.8). Products that went in between stay cards.
 */
async function fillProducts(
  store: StoreReader,
  collections: readonly DataSource[],
  loaded: Loaded,
  catalog: CatalogPages,
): Promise<void> {
  const lists = collections
    .filter(({ fields }) => fields !== 'card')
    .map(({ key }) => loaded[key] as { products: { handle: string }[] } | null)
    .filter((list) => list !== null);
  const handles = new Set(lists.flatMap((list) => list.products.map(({ handle }) => handle)));
  if (handles.size === 0) return;
  const whole = await catalog.productsByRefs(store, [...handles]);
  for (const list of lists) {
    list.products = list.products.map((card) => whole.get(card.handle) ?? card);
  }
}

function refs(sources: DataSource[]): string[] {
  return [...new Set(sources.map(({ ref }) => ref))];
}
