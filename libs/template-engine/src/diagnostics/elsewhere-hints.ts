/** What there is here for helpers, tags and names of Liquid and Stencil that no single name stands for. */
const NAMES: Readonly<Record<string, string>> = {
  after: 'write (slice text 3)',
  all_products: 'a setting of the type "product" points to one',
  assign:
    'nothing is set; write the value where it is used, hand it to a snippet, or name it by {{#with x as |name|}}',
  banners: 'a section that the merchant adds',
  before: 'write (slice text 0 3)',
  blank: 'empty values count as no: {{#if x}}, {{#unless x}}',
  breadcrumbs:
    'a snippet writes them, from what the page is about: @product.collections, @article.blog',
  break:
    'a loop goes to its end: choose before it by limit=, offset=, (slice list 0 4) or (where list "key" value)',
  canonical_url: 'write {{@request.canonical_url}}',
  capture: 'nothing is set; make a snippet, or put texts together by (append a b)',
  categories: 'write @menus, or a setting of the type "collection_list"',
  color_brightness: '(color_contrast color) gives black or white to stand on it',
  color_darken: 'CSS does it: color-mix(in srgb, var(--x) 80%, black)',
  color_lighten: 'CSS does it: color-mix(in srgb, var(--x) 80%, white)',
  color_mix: 'CSS does it: color-mix(in srgb, var(--x) 80%, var(--y))',
  color_modify: '(color_rgba color 0.5) sets the opacity',
  comment: 'write {{!-- … --}}',
  continue: 'put what follows into {{#unless}}',
  csrf_token: '{{#form}} writes what a form needs',
  current_page: 'write {{@request.page}}',
  cycle: 'write {{#if (mod @index 2)}}',
  decrement: 'nothing is counted; {{@index}} is the round of a loop, (size list) its length',
  default_errors: 'go through @form_result.errors',
  default_pagination:
    'go through the parts of {{#paginate … as |page|}}: page.parts, page.previous, page.next',
  earlyHint: 'write {{asset "name.css" preload=true}}',
  echo: 'a value alone is printed: {{x}}',
  empty: 'empty values count as no: {{#if x}}, {{#unless x}}',
  external_video_tag: 'write an <iframe> with video.embed_url',
  floor: 'write (sub x (mod x 1))',
  font_url: 'a font has its face_url, and {{font_face font}} writes its rules',
  footer: 'write {{content_for_body_end}}',
  forloop:
    'write {{@index}}, {{@first}}, {{@last}}; (add @index 1) counts from 1, (size list) is the length',
  form: 'what became of a form is in @form_result',
  format_address: 'print its fields',
  get: 'a setting points to what is wanted, and what is read of it is loaded',
  getFontLoaderConfig:
    'theme.json lists the fonts; {{font_face font}} writes the rules of a setting',
  getFontsCollection:
    'theme.json lists the fonts; {{font_face font}} writes the rules of a setting',
  head: 'write {{content_for_head}}',
  ifEven: 'write {{#if (eq (mod @index 2) 0)}}',
  images:
    'a setting of the type "image" points to one, {{asset_url "name.png"}} to a file of the theme',
  include: 'a snippet is written {{> name key=value}}',
  increment: 'nothing is counted; {{@index}} is the round of a loop, (size list) its length',
  inject:
    'hand values to scripts in data- attributes, or by {{json x}} in <script type="application/json">',
  item_count_for_variant: 'go through @cart.items',
  javascript: 'write {{#script}} … {{/script}}, once in a file',
  jsContext:
    'hand values to scripts in data- attributes, or by {{json x}} in <script type="application/json">',
  langJson: 'hand texts to scripts in data- attributes: data-added="{{t "cart.added"}}"',
  layout: 'a template names its layout: "layout": "password"',
  linklists: 'write @menus',
  liquid: 'write each of its lines by itself',
  locale_name: 'write {{@request.locale}}',
  media_tag: 'write {{image_tag media.image}} or a <video>, by media.type',
  metafield_tag: 'print it: {{x.metafields.namespace.key}}',
  nil: 'write null; empty values count as no: {{#if x}}, {{#unless x}}',
  now: 'a page is kept as long as nothing on it changes, and does not know the time',
  page_description: 'write {{@page_meta.description}}',
  page_title: 'write {{@page_meta.title}}',
  page_type: 'write {{@request.page_type}}',
  pagination:
    '{{#paginate … as |page|}} hands page.parts, page.previous and page.next to its block',
  partial: 'the layout is written out, with {{content}} and {{group "header"}}',
  payment_button: 'the cart has its own: @cart.additional_checkout_buttons',
  placeholder_svg_tag: 'draw one into assets/ and write {{inline_asset "name.svg"}}',
  products:
    'a section lists products of a collection that a setting points to: @section.settings.collection.products',
  raw: 'there are no raw blocks: what scripts need stands in {{#script}} or a file of assets/',
  render: 'a snippet is written {{> name key=value}}',
  reverse: 'lists keep their order, or that of (sort_by list "key"); (at list -1) is the last item',
  reversed:
    'lists keep their order, or that of (sort_by list "key"); (at list -1) is the last item',
  root: 'every object is reached by its own name, @shop, wherever it is read',
  scripts: 'write {{content_for_head}}',
  section: 'sections stand in templates and in groups: {{group "header"}}',
  snippet: 'merchants add sections instead',
  startsWith: 'write (eq (slice text 0 3) "abc")',
  strip: 'white space shows nothing in HTML; {{~x~}} takes away what stands beside it',
  structured_data: 'write <script type="application/ld+json"> with {{json x}} for every value',
  style:
    'write {{#styles}} … {{/styles}}, once in a file; what changes goes into a custom property',
  sum: 'the platform adds up: @cart.total_price, line_price, products_count',
  template: 'write {{@template.name}}',
  time_tag: 'write <time datetime="{{x}}">{{date x}}</time>',
  video_tag: 'write a <video>',
};

/** The same for tags that stand around a block, where they are not what a value of the name would be. */
const BLOCKS: Readonly<Record<string, string>> = {
  all: 'conditions are values: {{#if (and a b)}}',
  and: 'conditions are values: {{#if (and a b)}}',
  any: 'conditions are values: {{#if (or a b)}}',
  block: 'the layout is written out, with {{content}} and {{group "header"}}',
  compare: 'conditions are values: {{#if (eq a b)}}, or ne, gt, gte, lt, lte',
  contains: 'conditions are values: {{#if (contains list "x")}}',
  eq: 'conditions are values: {{#if (eq a b)}}, or ne, gt, gte, lt, lte',
  filter: 'write {{#each (where list "key" value) as |item|}}',
  for: 'write {{#each list as |item|}}, or {{#each (range 1 5) as |n|}}',
  gt: 'conditions are values: {{#if (eq a b)}}, or ne, gt, gte, lt, lte',
  gte: 'conditions are values: {{#if (eq a b)}}, or ne, gt, gte, lt, lte',
  if_eq: 'conditions are values: {{#if (eq a b)}}, or ne, gt, gte, lt, lte',
  ifCond: 'conditions are values: {{#if (eq a b)}}, or ne, gt, gte, lt, lte',
  ifEq: 'conditions are values: {{#if (eq a b)}}, or ne, gt, gte, lt, lte',
  inArray: 'conditions are values: {{#if (contains list "x")}}',
  is: 'conditions are values: {{#if (eq a b)}}, or ne, gt, gte, lt, lte',
  isnt: 'conditions are values: {{#if (eq a b)}}, or ne, gt, gte, lt, lte',
  lt: 'conditions are values: {{#if (eq a b)}}, or ne, gt, gte, lt, lte',
  lte: 'conditions are values: {{#if (eq a b)}}, or ne, gt, gte, lt, lte',
  ne: 'conditions are values: {{#if (eq a b)}}, or ne, gt, gte, lt, lte',
  not: 'conditions are values: {{#if (not a)}}, {{#unless a}}',
  or: 'conditions are values: {{#if (or a b)}}',
  replace: 'write {{replace text "part" "with"}}',
  stylesheet: 'write {{#styles}} … {{/styles}}, once in a file',
  unless_eq: 'conditions are values: {{#if (eq a b)}}, or ne, gt, gte, lt, lte',
  unlessEq: 'conditions are values: {{#if (eq a b)}}, or ne, gt, gte, lt, lte',
};

/** What there is for fields, by the shape that they belong to. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  cart: { empty: 'write (eq @cart.item_count 0)' },
  cart_item: {
    url_to_remove:
      'a {{#form "cart"}} of its own, with <input type="hidden" name="updates[{{item.key}}]" value="0">',
  },
  filter: { active_values: 'write (where filter.values "active" true)' },
  filter_value: { param_name: 'its filter has it' },
  paginate: {
    current_offset: 'write (mul (sub page.current_page 1) page.page_size)',
    page_param: 'page.parts have their addresses',
  },
  predictive_search: {
    resources: 'products, collections, pages and articles stand on it directly',
  },
  product: {
    has_only_default_variant:
      'such a product has no options: {{#unless product.options_with_values}}',
    media_count: 'write (size product.media)',
  },
  product_card: {
    has_only_default_variant:
      'such a product has no options: {{#unless product.options_with_values}}',
  },
  shop: { customer_accounts_enabled: 'every store has accounts' },
};

/** What stands behind a list or a text in Liquid and is a helper here. */
const PARTS = ['first', 'last', 'size'];

/** What stands behind a price in Liquid and Stencil. */
const PRICES = ['value', 'formatted', 'with_tax', 'without_tax', 'currency'];

function pick(table: Readonly<Record<string, string>> | undefined, name: string): string | null {
  return table && Object.hasOwn(table, name) ? table[name]! : null;
}

/** What to write for names of other platforms, as a piece of a sentence; null for all other names. */
export const hints = {
  /** @param block it stands around something */
  helper: (name: string, block: boolean): string | null =>
    (block ? hints.block(name) : null) ?? pick(NAMES, name),
  block: (name: string): string | null => pick(BLOCKS, name),
  /** What follows a message about too many or too few arguments. */
  count: (name: string): string =>
    ['if', 'unless'].includes(name) ? `: ${BLOCKS['compare']}, and, or` : '',
  name: (name: string): string | null => pick(NAMES, name),
  /** @param kind a shape, or a list or text, as kinds are written */
  field: (kind: string, name: string): string | null => {
    const plain = kind.replace('?', '');
    if (PARTS.includes(name) && (plain.endsWith('[]') || plain === 'text'))
      return `write (${name} …)`;
    if (plain === 'money' && PRICES.includes(name)) return 'it is the price itself: {{money x}}';
    if (['text', 'number'].includes(plain) && ['iso_code', 'value'].includes(name))
      return 'it is the value itself';
    return pick(FIELDS[plain], name);
  },
};
