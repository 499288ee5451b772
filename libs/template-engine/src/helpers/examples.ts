import type { Json } from '../context/view';

/** A helper in use: what an author writes and what shoppers get. A test renders each. */
export interface HelperExample {
  readonly template: string;
  readonly result: string;
}

/** The page that the examples stand on: `@product`, `@collection`, `@customer`... */
export const EXAMPLE_GLOBALS: Readonly<Record<string, Json>> = {
  shop: { name: 'Oak & Ash', currency: 'EUR', locales: [] },
  request: {
    locale: 'en',
    dir: 'ltr',
    path: '/collections/chairs',
    query: { sort_by: 'price' },
    page: 2,
    currency: 'EUR',
  },
  product: {
    id: '7',
    title: 'Oak stool',
    url: '/products/oak-stool',
    vendor: 'Oak & Ash',
    price: 12900,
    compare_at_price: 15000,
    on_sale: true,
    price_reduction: {
      active: true,
      price: 12900,
      prior: 15000,
      percent: 14,
      since: '2026-11-20T23:00:00.000Z',
      kind: 'sale',
    },
    description: '<p>Made of <b>oak</b>.</p>',
    published_at: '2026-11-21T10:00:00Z',
    tags: ['oak', 'stool', 'oak'],
    featured_image: {
      id: '1',
      src: '/media/stool.jpg',
      width: 1600,
      height: 1200,
      alt: 'A stool',
      aspect_ratio: 1.3333,
      focal_point: null,
      placeholder: null,
    },
    variants: [
      { id: '71', title: 'Dark', price: 13900, available: false, weight: 4.5 },
      { id: '72', title: 'Light', price: 12900, available: true, weight: 4.2 },
    ],
  },
  collection: { title: 'Chairs', url: '/collections/chairs', products: [], products_count: 60 },
};

/** Files that the examples need beside their own. */
export const EXAMPLE_FILES: Readonly<Record<string, string>> = {
  'locales/en.default.json': JSON.stringify({
    cart: { items: { one: '{{ count }} piece', other: '{{ count }} pieces' } },
  }),
  'assets/base.css': 'a{color:red}',
  'assets/ui.js': '',
  'assets/dot.svg': '<svg viewBox="0 0 2 2"><circle r="1"/></svg>',
  'blocks/price.hbs': '<b>{{money @product.price}}</b>{{#schema}}{"name":"Price"}{{/schema}}',
};

/** Where the examples' assets stand. */
export const EXAMPLE_ASSETS = {
  'base.css': { url: '/cdn/t/base.1a2b.css', integrity: 'sha256-abc' },
  'ui.js': '/cdn/t/ui.3c4d.js',
  'dot.svg': '/cdn/t/dot.5e6f.svg',
};

const of = (template: string, result: string): HelperExample => ({ template, result });

/** One example for each helper. */
export const HELPER_EXAMPLES: Readonly<Record<string, HelperExample>> = {
  if: of('{{#if @product.on_sale}}Sale{{else}}Full price{{/if}}', 'Sale'),
  unless: of('{{#unless @product.on_sale}}Full price{{/unless}}', ''),
  each: of(
    '{{#each @product.variants limit=1 as |variant|}}{{@index}}: {{variant.title}}{{else}}none{{/each}}',
    '0: Dark',
  ),
  with: of('{{#with @product.featured_image as |image|}}{{image.alt}}{{/with}}', 'A stool'),
  match: of('{{#match @product.vendor "Oak & Ash" "Elm"}}ours{{else}}theirs{{/match}}', 'ours'),
  form: of(
    '{{#form "cart-add" @product class="buy"}}<button>Buy</button>{{/form}}',
    '<form action="/cart/add" method="post" class="buy"><input type="hidden" name="form_type" value="cart-add"><input type="hidden" name="product_id" value="7"><button>Buy</button></form>',
  ),
  paginate: of(
    '{{#paginate @collection.products by=24 as |pages|}}{{pages.current_page}}/{{pages.pages}} {{pages.next.url}}{{/paginate}}',
    '2/3 /collections/chairs?sort_by=price&amp;page=3',
  ),
  money: of(
    '{{money @product.price}} {{money @product.price currency=true trim_zeros=true}}',
    '€129.00 €129 EUR',
  ),
  image_url: of('{{image_url @product.featured_image width=400}}', '/media/stool.jpg?width=400'),
  srcset: of(
    '{{srcset @product.featured_image widths="400,800"}}',
    '/media/stool.jpg?width=400 400w, /media/stool.jpg?width=800 800w',
  ),
  image_tag: of(
    '{{image_tag @product.featured_image width=400 widths="400,800" sizes="50vw"}}',
    '<img src="/media/stool.jpg?width=400" srcset="/media/stool.jpg?width=400 400w, /media/stool.jpg?width=800 800w" width="400" height="300" alt="A stool" sizes="50vw" loading="lazy" decoding="async">',
  ),
  asset_url: of('{{asset_url "base.css"}}', '/cdn/t/base.1a2b.css'),
  asset: of(
    '{{asset "base.css"}}',
    '<link rel="stylesheet" href="/cdn/t/base.1a2b.css" integrity="sha256-abc" crossorigin="anonymous">',
  ),
  inline_asset: of('{{inline_asset "dot.svg"}}', '<svg viewBox="0 0 2 2"><circle r="1"/></svg>'),
  font_face: of('<style>{{font_face @section.settings.font}}</style>', '<style></style>'),
  t: of('{{t "cart.items" count=2}}', '2 pieces'),
  json: of(
    '<script type="application/json">{{json @product.tags}}</script>',
    '<script type="application/json">["oak","stool","oak"]</script>',
  ),
  link_to: of(
    '{{link_to @product.title @product.url class="name"}}',
    '<a href="/products/oak-stool" class="name">Oak stool</a>',
  ),
  url_with: of('{{url_with "page" 3}}', '/collections/chairs?sort_by=price&amp;page=3'),
  date: of('{{date @product.published_at "long"}}', 'November 21, 2026'),
  number: of('{{number 1234.5 decimals=2}}', '1,234.50'),
  weight: of('{{weight 4.5 "kg"}}', '4.5 kg'),
  price_block: of(
    '{{price_block @product label="30-day low"}}',
    '<span class="price__now">€129.00</span> <s class="price__was">€150.00</s> <span class="price__percent">-14%</span> <small class="price__label">30-day low</small>',
  ),
  percent: of('{{percent 0.125 decimals=1}}', '12.5%'),
  plural: of('{{plural 2 "piece" "pieces"}}', 'pieces'),
  color_rgba: of('{{color_rgba "#336699" 0.5}}', 'rgb(51 102 153 / 0.5)'),
  color_contrast: of('{{color_contrast "#336699"}}', '#ffffff'),
  default: of('{{default @product.type "Furniture"}}', 'Furniture'),
  eq: of('{{#if (eq @product.id "7")}}this{{/if}}', 'this'),
  ne: of('{{#if (ne @product.id "8")}}not that{{/if}}', 'not that'),
  gt: of('{{gt 2 1}}', 'true'),
  gte: of('{{gte 2 2}}', 'true'),
  lt: of('{{lt 2 1}}', 'false'),
  lte: of('{{lte 2 2}}', 'true'),
  and: of('{{#if (and @product.on_sale @product.price)}}Sale{{/if}}', 'Sale'),
  or: of('{{or @product.type @product.vendor}}', 'Oak &amp; Ash'),
  not: of('{{not @product.on_sale}}', 'false'),
  contains: of('{{contains @product.tags "oak"}}', 'true'),
  add: of('{{add 2 3}}', '5'),
  sub: of('{{money (sub @product.compare_at_price @product.price)}}', '€21.00'),
  mul: of('{{mul 2 3}}', '6'),
  div: of('{{div 6 4}}', '1.5'),
  mod: of('{{mod 7 3}}', '1'),
  round: of('{{round 2.345 2}}', '2.35'),
  min: of('{{min 2 3}}', '2'),
  max: of('{{max 2 3}}', '3'),
  size: of('{{size @product.tags}}', '3'),
  first: of('{{first @product.tags}}', 'oak'),
  last: of('{{#with (last @product.variants) as |variant|}}{{variant.title}}{{/with}}', 'Light'),
  at: of('{{at @product.tags -2}}', 'stool'),
  slice: of('{{slice "Oak stool" 4 3}}', 'sto'),
  lookup: of('{{lookup @product "title"}}', 'Oak stool'),
  join: of('{{join @product.tags " / "}}', 'oak / stool / oak'),
  split: of('{{#each (split "S,M,L" ",") as |name|}}[{{name}}]{{/each}}', '[S][M][L]'),
  where: of(
    '{{#each (where @product.variants "available" true) as |variant|}}{{variant.title}}{{/each}}',
    'Light',
  ),
  sort_by: of(
    '{{#each (sort_by @product.variants "price") as |variant|}}{{variant.title}} {{/each}}',
    'Light Dark ',
  ),
  map: of('{{join (map @product.variants "title") ", "}}', 'Dark, Light'),
  uniq: of('{{join (uniq @product.tags)}}', 'oak, stool'),
  range: of('{{join (range 1 4)}}', '1, 2, 3, 4'),
  upper: of('{{upper "oak"}}', 'OAK'),
  lower: of('{{lower "OAK"}}', 'oak'),
  capitalize: of('{{capitalize "oak stool"}}', 'Oak stool'),
  truncate: of('{{truncate "A very long name" 7}}', 'A very…'),
  strip_html: of('{{strip_html @product.description}}', 'Made of oak.'),
  nl2br: of('{{nl2br "a < b"}}', 'a &lt; b'),
  replace: of('{{replace "a-b-c" "-" "+"}}', 'a+b+c'),
  append: of('{{append "a" "b"}}', 'ab'),
  prepend: of('{{prepend "a" "b"}}', 'ba'),
  handleize: of('{{handleize "Öl & Essig"}}', 'ol-essig'),
  escape: of('{{{escape "a < b"}}}', 'a &lt; b'),
  url_encode: of('{{url_encode "a b&c"}}', 'a%20b%26c'),
  attrs: of(
    '<p {{attrs class="note" hidden=true title=@product.type}}>x</p>',
    '<p  class="note" hidden>x</p>',
  ),
  blocks: of('<ul>{{blocks}}</ul>', '<ul></ul>'),
  block: of('{{block "price" type="price"}}', '<b>€129.00</b>'),
  group: of('{{group "header"}}', ''),
  content: of('{{content}}', '<p>main</p>'),
  content_for_head: of('{{content_for_head}}', '<meta name="robots" content="noindex">'),
  content_for_body_end: of('{{content_for_body_end}}', '<!-- end -->'),
};
