import type { CatalogPages } from '@renderer/catalog';
import type { BlogPages, ContentPages, ContentSearch } from '@renderer/content';

/** The slices that pages are about. */
export interface ResourceFaces {
  catalog: CatalogPages;
  content: ContentPages;
  blogs: BlogPages;
  search: ContentSearch;
}
