import type { DataPlan, DataSource } from '@libs/template-engine';
import type { CatalogPages } from '@renderer/catalog';
import { themeDiscounts } from '@renderer/checkout';
import {
  type BlogPages,
  type ContentPages,
  type FoundMetaobjects,
  type MetaobjectPages,
  metaobjectViews,
} from '@renderer/content';
import type { MediaPages } from '@renderer/media';
import type { StoreReader } from '@platform/database';

type Loaded = Record<string, unknown>;

const noMetaobjects: FoundMetaobjects = { rows: [], images: new Map(), productRefs: [] };
/** As many products as one source may have (theme-format.md, 2.8). */
const mostNamed = 50;

/** The slices that sections' settings can point into. */
export interface SourceFaces {
  catalog: CatalogPages;
  content: ContentPages;
  blogs: BlogPages;
  metaobjects: MetaobjectPages;
  media: MediaPages;
}

/**
 * Loads what the settings of all sections point to: one batch for each kind of thing, however many sections ask.
 * @returns the answers by source key; what is gone or unpublished is missing
 */
export async function loadSources(
  store: StoreReader,
  plan: DataPlan,
  faces: SourceFaces,
): Promise<Loaded> {
  const of = (kind: DataSource['kind']): DataSource[] =>
    plan.sources.filter((source) => source.kind === kind);
  const loaded: Loaded = {};
  const take = async (
    kind: DataSource['kind'],
    find: (refs: string[]) => Promise<ReadonlyMap<string, unknown>>,
  ): Promise<void> => {
    const sources = of(kind);
    if (sources.length === 0) return;
    const found = await find(refs(sources));
    for (const source of sources) loaded[source.key] = found.get(source.ref) ?? null;
  };
  const { catalog, content, blogs, media } = faces;
  Object.assign(loaded, await loadRecords(store, of('product'), of('metaobject'), faces));
  Object.assign(loaded, await loadCollections(store, of('collection'), catalog));
  await take('page', (wanted) => content.pagesByRefs(store, wanted));
  Object.assign(loaded, await loadBlogs(store, of('blog'), blogs));
  await take('article', (wanted) => blogs.articlesByRefs(store, wanted));
  await take('discount', (wanted) => themeDiscounts(store, wanted));
  await take('image', (wanted) => media.imagesByIds(store, wanted));
  return loaded;
}

/** Products and records. What records name is loaded with what settings name: there is no further wave. */
async function loadRecords(
  store: StoreReader,
  products: readonly DataSource[],
  records: readonly DataSource[],
  { catalog, metaobjects }: SourceFaces,
): Promise<Loaded> {
  const named = records.length > 0 ? await metaobjects.find(store, refs(records)) : noMetaobjects;
  const wanted = [...new Set([...refs(products), ...named.productRefs.slice(0, mostNamed)])];
  const found = wanted.length > 0 ? await catalog.productsByRefs(store, wanted) : new Map();
  const views = metaobjectViews(named, found);
  return Object.fromEntries([
    ...products.map(({ key, ref }) => [key, found.get(ref) ?? null] as const),
    ...records.map(({ key, ref }) => [key, views.get(ref) ?? null] as const),
  ]);
}

async function loadCollections(
  store: StoreReader,
  sources: readonly DataSource[],
  catalog: CatalogPages,
): Promise<Loaded> {
  if (sources.length === 0) return {};
  const limit = Math.max(...sources.map((source) => source.limit));
  const found = await catalog.collectionsByRefs(store, refs(sources), limit);
  const loaded: Loaded = {};
  for (const source of sources) {
    const collection = found.get(source.ref);
    loaded[source.key] = collection
      ? { ...collection, products: collection.products.slice(0, source.limit) }
      : null;
  }
  await fillProducts(store, sources, loaded, catalog);
  return loaded;
}

async function loadBlogs(
  store: StoreReader,
  sources: readonly DataSource[],
  blogs: BlogPages,
): Promise<Loaded> {
  if (sources.length === 0) return {};
  const limit = Math.max(...sources.map((source) => source.limit));
  const found = await blogs.blogsByRefs(store, refs(sources), limit);
  return Object.fromEntries(
    sources.map((source) => {
      const blog = found.get(source.ref);
      const articles = blog?.articles.slice(0, source.limit);
      return [source.key, blog ? { ...blog, articles } : null];
    }),
  );
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

function refs(sources: readonly DataSource[]): string[] {
  return [...new Set(sources.map(({ ref }) => ref))];
}
