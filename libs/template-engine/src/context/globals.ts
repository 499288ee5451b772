import type { ShapeName } from './view';

/** One `@object`: what it is, on which page types it can be there (null elsewhere), whether it differs by shopper. */
export interface GlobalSpec {
  readonly kind: ShapeName | `map:${ShapeName}` | 'map:any';
  /** Page types that carry it; absent = all. */
  readonly pages?: readonly string[];
  /** It may be null even where it belongs. */
  readonly nullable?: boolean;
  /** Sections that read it are not shared between shoppers; a list names only the private fields. */
  readonly private?: true | readonly string[];
  readonly about: string;
}

export const PAGE_TYPES = [
  'index',
  'product',
  'collection',
  'list-collections',
  'page',
  'blog',
  'article',
  'cart',
  'search',
  '404',
] as const;
export type PageType = (typeof PAGE_TYPES)[number];

const customerPages = ['customers'];

/** Every `@object` of hbt/1 (2.5). Nothing else can be named behind an `@` but the loop data of `each`. */
export const GLOBALS: Readonly<Record<string, GlobalSpec>> = {
  shop: { kind: 'shop', about: 'The store.' },
  settings: { kind: 'map:any', about: 'Theme settings, defaults applied.' },
  section: { kind: 'section', about: 'The section being rendered; absent in layouts.' },
  block: { kind: 'block', nullable: true, about: 'The block being rendered, in block files only.' },
  request: { kind: 'request', private: ['query', 'country'], about: 'The request.' },
  page_meta: { kind: 'page_meta', about: 'Title, description, image of the page.' },
  template: { kind: 'template', about: 'Name and suffix of the JSON template.' },
  routes: { kind: 'routes', about: 'Addresses of the store with its locale prefix.' },
  menus: { kind: 'map:menu', about: 'Menus by handle.' },
  localization: { kind: 'localization', about: 'Countries and languages to choose from.' },
  cart: { kind: 'cart', private: true, about: 'The cart of this shopper.' },
  customer: { kind: 'customer', nullable: true, private: true, about: 'The signed-in customer.' },
  product: { kind: 'product', pages: ['product'], about: 'The product of a product page.' },
  collection: { kind: 'collection', pages: ['collection'], about: 'The collection of its page.' },
  blog: { kind: 'blog', pages: ['blog', 'article'], about: 'The blog.' },
  article: { kind: 'article', pages: ['article'], about: 'The article.' },
  page: { kind: 'page', pages: ['page'], about: 'The page written by the merchant.' },
  search: { kind: 'search', pages: ['search'], about: 'What was searched and found.' },
  predictive_search: {
    kind: 'predictive_search',
    nullable: true,
    private: true,
    about:
      'What was found while the shopper types; there only in sections fetched by `/search/suggest`.',
  },
  recommendations: {
    kind: 'recommendations',
    nullable: true,
    pages: ['product'],
    about:
      'What goes with the product; there only in sections fetched by `/recommendations/products`.',
  },
  form_result: {
    kind: 'form_result',
    nullable: true,
    private: true,
    about: 'The form that was just sent, its errors and what had been typed; null when none was.',
  },
  list_collections: {
    kind: 'list_collections',
    pages: ['list-collections'],
    about: 'All collections, paged.',
  },
  order: {
    kind: 'order',
    pages: customerPages,
    private: true,
    about: 'One order of the customer.',
  },
  gift_card: { kind: 'gift_card', pages: ['gift_card'], private: true, about: 'A gift card.' },
};

/** The `@objects` that helpers look into whatever a section reads: for locale, currency, the page's address, forms. */
export const HELPER_GLOBALS: readonly string[] = ['request', 'routes'];

/** Loop data of `{{#each}}`. */
export const LOOP_DATA = ['index', 'first', 'last', 'key'] as const;
