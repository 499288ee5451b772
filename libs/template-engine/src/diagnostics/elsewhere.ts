/** What helpers and tags of Liquid and Stencil are called here. */
const HELPERS: Readonly<Record<string, string>> = {
  all: 'and',
  any: 'or',
  assign: 'with',
  assignVar: 'with',
  at_least: 'max',
  at_most: 'min',
  capture: 'with',
  case: 'match',
  cdn: 'asset_url',
  ceil: 'round',
  compare: 'eq',
  concat: 'append',
  divided_by: 'div',
  downcase: 'lower',
  elseif: 'else if',
  elsif: 'else if',
  encodeHtmlEntities: 'escape',
  floor: 'round',
  for: 'each',
  getImage: 'image_tag',
  getImageSrcset: 'srcset',
  getVar: 'with',
  handle: 'handleize',
  ifCond: 'if',
  if_eq: 'eq',
  img_tag: 'image_tag',
  img_url: 'image_url',
  inject: 'json',
  inline_asset_content: 'inline_asset',
  jsContext: 'json',
  lang: 't',
  limit: 'slice',
  minus: 'sub',
  modulo: 'mod',
  moment: 'date',
  money_with_currency: 'money',
  money_without_trailing_zeros: 'money',
  newline_to_br: 'nl2br',
  or_eq: 'or',
  plus: 'add',
  pluck: 'map',
  region: 'blocks',
  script_tag: 'asset',
  sort: 'sort_by',
  strip_newlines: 'replace',
  stylesheet: 'asset',
  stylesheet_tag: 'asset',
  times: 'mul',
  toLowerCase: 'lower',
  toUpperCase: 'upper',
  upcase: 'upper',
  url_for_vendor: 'url_with',
  when: 'match',
};

/** What setting types of Shopify and Stencil are called here. */
const SETTING_TYPES: Readonly<Record<string, string>> = {
  color_background: 'color',
  color_palette: 'color_scheme_group',
  font_picker: 'font',
  heading: 'header',
  image_picker: 'image',
  input: 'text',
  link_list: 'menu',
  liquid: 'html',
  string: 'text',
};

/** What objects of Shopify and Stencil are called here. */
const OBJECTS: Readonly<Record<string, string>> = {
  canonical_url: 'request',
  collections: 'settings',
  current_page: 'request',
  current_tags: 'request',
  linklists: 'menus',
  page_description: 'page_meta',
  page_title: 'page_meta',
  powered_by_link: 'shop',
  theme_settings: 'settings',
};

/** What fields of Shopify's objects are called here, by the shape that they belong to. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  collection: { all_products_count: 'products_count' },
  localization: { available_countries: 'countries', available_languages: 'languages' },
  product: {
    images: 'media',
    featured_media: 'featured_image',
    first_available_variant: 'selected_or_first_available_variant',
  },
  product_card: { featured_media: 'featured_image', name: 'title' },
  routes: {
    account_addresses_url: 'addresses',
    account_login_url: 'login',
    account_recover_url: 'recover',
    account_register_url: 'register',
    account_url: 'account',
    all_products_collection_url: 'all_products',
    cart_add_url: 'cart_add',
    cart_change_url: 'cart_change',
    cart_update_url: 'cart_update',
    cart_url: 'cart',
    collections_url: 'collections',
    predictive_search_url: 'predictive_search',
    product_recommendations_url: 'product_recommendations',
    root_url: 'root',
    search_url: 'search',
  },
  shop: { permanent_domain: 'domain', secure_url: 'url' },
  variant: { featured_image: 'image', featured_media: 'image' },
};

/** A name that authors of other platforms know for something: what to write here, and nothing for any other name. */
function pick(table: Readonly<Record<string, string>> | undefined, name: string): string[] {
  return table && Object.hasOwn(table, name) ? [table[name]!] : [];
}

/** The names known elsewhere that stand for helpers, setting types, `@objects` and fields of a shape. */
export const elsewhere = {
  helper: (name: string): string[] => pick(HELPERS, name),
  settingType: (name: string): string[] => pick(SETTING_TYPES, name),
  object: (name: string): string[] => pick(OBJECTS, name),
  field: (shape: string, name: string): string[] => pick(FIELDS[shape], name),
};
