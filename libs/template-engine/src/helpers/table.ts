import { type HelperSpec, specs } from './spec';

const both = ['inline', 'sub'] as const;
const imageHash = { width: 'number', height: 'number', crop: 'text', format: 'text' } as const;

const blocks = specs(
  ['block'],
  [
    [
      'if value',
      'none',
      'The block when the value is neither empty nor false.',
      { hash: { includeZero: 'bool' } },
    ],
    [
      'unless value',
      'none',
      'The block when the value is empty or false.',
      { hash: { includeZero: 'bool' } },
    ],
    [
      'each list',
      'none',
      'The block for each item; else when there is none.',
      {
        hash: { limit: 'number', offset: 'number' },
      },
    ],
    ['with value', 'none', 'The block about one value; else when it is empty.'],
    [
      'match value case cases...',
      'none',
      'The block when the value equals one of the cases; `{{else match "c"}}` goes on with the same value.',
    ],
    [
      'form type object?',
      'none',
      'A form of the platform with its action, method and hidden fields.',
      {
        hash: { '*': 'any' },
        cost: 4,
        pure: false,
      },
    ],
    [
      'paginate list',
      'none',
      'Cuts a list into pages; the block parameter knows the pages.',
      {
        hash: { by: 'number' },
        cost: 4,
        pure: false,
        grows: true,
      },
    ],
  ],
);

const commerce = specs(both, [
  [
    'money amount',
    'safe',
    'An amount in minor units as a price.',
    {
      hash: { currency: 'bool', trim_zeros: 'bool' },
      cost: 2,
      pure: false,
      printed: true,
    },
  ],
  [
    'price_block subject',
    'html',
    'The price of a variant or product, with the price to strike through, the percentage and what it is measured against.',
    {
      hash: { label: 'text', percent: 'bool' },
      cost: 6,
      pure: false,
      grows: true,
    },
  ],
  [
    'image_url image',
    'url',
    'The address of an image at a width.',
    { hash: imageHash, cost: 2, printed: true },
  ],
  [
    'srcset image',
    'text',
    'A srcset of the widths that the image has.',
    {
      hash: { widths: 'text', ...imageHash },
      cost: 6,
      grows: true,
      printed: true,
    },
  ],
  [
    'image_tag image',
    'html',
    'A whole <img> with sizes, srcset and alt.',
    {
      hash: {
        ...imageHash,
        widths: 'text',
        sizes: 'text',
        alt: 'text',
        class: 'text',
        id: 'text',
        loading: 'text',
        fetchpriority: 'text',
        decoding: 'text',
        style: 'text',
      },
      cost: 10,
      grows: true,
    },
  ],
  ['asset_url name', 'url', 'The address of a file under assets/.', { pure: false }],
  [
    'asset name',
    'html',
    'The link or script element of a file under assets/.',
    {
      hash: { preload: 'bool', media: 'text', async: 'bool', fetchpriority: 'text' },
      cost: 3,
      pure: false,
    },
  ],
  ['inline_asset name', 'html', 'The text of a small SVG or CSS file, put in when compiled.'],
  [
    'font_face font',
    'html',
    'The @font-face rules of a font and of the local face that stands in for it, inside <style>.',
    { cost: 4, grows: true },
  ],
  [
    't key',
    'text',
    'A text of the locale files; the key ends with _html when it holds markup.',
    {
      hash: { '*': 'any' },
      cost: 2,
      grows: true,
    },
  ],
  [
    'json value',
    'html',
    'A value as JSON that is safe inside a script.',
    { cost: 10, grows: true },
  ],
  [
    'link_to text url',
    'html',
    'A link.',
    { hash: { class: 'text', title: 'text' }, cost: 3, grows: true },
  ],
  [
    'url_with key value',
    'url',
    'The address of this page with one query parameter changed.',
    {
      cost: 4,
      pure: false,
      grows: true,
    },
  ],
]);

const formats = specs(both, [
  [
    'date value style?',
    'text',
    'A date: short, medium, long, full, or year.',
    { cost: 3, pure: false },
  ],
  [
    'number value',
    'safe',
    'A number as the locale writes it.',
    {
      hash: { decimals: 'number' },
      cost: 2,
      pure: false,
    },
  ],
  ['weight value unit?', 'text', 'A weight with its unit.', { cost: 2, pure: false }],
  [
    'percent value',
    'safe',
    'A share of one as a percentage.',
    {
      hash: { decimals: 'number' },
      cost: 2,
      pure: false,
    },
  ],
  [
    'plural count one other',
    'text',
    'The form of a word that a count asks for.',
    { cost: 2, pure: false },
  ],
  ['color_rgba color alpha', 'safe', 'A colour with an opacity from 0 to 1.'],
  ['color_contrast color', 'safe', 'Black or white, whichever is read better on the colour.'],
]);

const logic = specs(both, [
  ['default value other', 'any', 'The other value when the first is empty.'],
  ['eq a b', 'bool', 'Equal; null and undefined are the same.'],
  ['ne a b', 'bool', 'Not equal.'],
  ['gt a b', 'bool', 'Greater.'],
  ['gte a b', 'bool', 'Greater or equal.'],
  ['lt a b', 'bool', 'Less.'],
  ['lte a b', 'bool', 'Less or equal.'],
  ['and a b...', 'any', 'The first empty value, else the last.'],
  ['or a b...', 'any', 'The first value that is not empty, else the last.'],
  ['not value', 'bool', 'True when empty or false.'],
  ['contains whole part', 'bool', 'A list has the item, or a text the part.', { cost: 4 }],
]);

const numbers = specs(both, [
  ['add a b', 'number', 'Sum.'],
  ['sub a b', 'number', 'Difference.'],
  ['mul a b', 'number', 'Product.'],
  ['div a b', 'number', 'Quotient; 0 when divided by 0.'],
  ['mod a b', 'number', 'Remainder; 0 when divided by 0.'],
  ['round value digits?', 'number', 'Rounded half up.'],
  ['min a b', 'number', 'The smaller.'],
  ['max a b', 'number', 'The greater.'],
]);

const lists = specs(
  ['sub', 'inline'],
  [
    [
      'size value',
      'number',
      'Length of a list or text, or how many fields an object has.',
      { grows: true },
    ],
    ['first list', 'any', 'The first item.'],
    ['last list', 'any', 'The last item.'],
    ['at list index', 'any', 'The item at an index; negative counts from the end.'],
    ['slice value start length?', 'any', 'A part of a list or text.', { cost: 3, grows: true }],
    ['lookup object key', 'any', 'A field by a computed name.', { cost: 2 }],
    ['join list separator?', 'text', 'Items as one text.', { cost: 4, grows: true }],
    ['split text separator', 'list', 'A text as a list.', { cost: 4, grows: true }],
    ['where list key value', 'list', 'Items whose field equals a value.', { cost: 8, grows: true }],
    ['sort_by list key', 'list', 'Items ordered by a field.', { cost: 20, grows: true }],
    ['map list key', 'list', 'One field of each item.', { cost: 6, grows: true }],
    ['uniq list', 'list', 'Items without repetitions.', { cost: 8, grows: true }],
    ['range from to', 'list', 'Whole numbers, at most 1,000.', { cost: 4, grows: true }],
  ],
);

const texts = specs(both, [
  ['upper text', 'text', 'In capitals.', { grows: true }],
  ['lower text', 'text', 'In small letters.', { grows: true }],
  ['capitalize text', 'text', 'The first letter in capitals.', { grows: true }],
  [
    'truncate text length end?',
    'text',
    'At most so many characters, with an ellipsis.',
    { cost: 2 },
  ],
  [
    'strip_html text',
    'text',
    'What HTML says, as text: without tags, its commonest entities as letters.',
    { cost: 3, grows: true },
  ],
  ['nl2br text', 'html', 'Line ends as <br>, the rest escaped.', { cost: 3, grows: true }],
  [
    'replace text part with',
    'text',
    'Every occurrence of a part replaced.',
    { cost: 3, grows: true },
  ],
  ['append text end', 'text', 'Two texts in a row.', { grows: true }],
  ['prepend text start', 'text', 'Two texts in a row, the second first.', { grows: true }],
  ['handleize text', 'safe', 'A text as it stands in addresses.', { cost: 3, grows: true }],
  ['escape text', 'text', 'Characters of markup as entities.', { cost: 2, grows: true }],
  ['url_encode text', 'safe', 'Safe as a part of an address.', { cost: 2, grows: true }],
  [
    'attrs',
    'html',
    'Attributes from a hash; false and empty ones are left out.',
    {
      hash: { '*': 'any' },
      forms: ['inline'],
      cost: 4,
      grows: true,
    },
  ],
]);

const places = specs(
  ['inline'],
  [
    [
      'blocks',
      'html',
      'All theme and app blocks of the section, in order.',
      { cost: 10, pure: false },
    ],
    [
      'block id',
      'html',
      'One block that is always there.',
      { hash: { type: 'text' }, cost: 5, pure: false },
    ],
    ['group name', 'html', 'Layout: a section group.', { pure: false }],
    ['content', 'html', 'Layout: the sections of the template.', { pure: false }],
    ['content_for_head', 'html', 'Layout: what the platform puts into the head.', { pure: false }],
    ['content_for_body_end', 'html', 'Layout: what the platform puts at the end.', { pure: false }],
  ],
);

/** The closed list of helpers (2.6), by name. */
export const HELPERS: ReadonlyMap<string, HelperSpec> = new Map(
  [...blocks, ...commerce, ...formats, ...logic, ...numbers, ...lists, ...texts, ...places].map(
    (spec) => [spec.name, spec],
  ),
);

/** A kind of `{{#form}}`: the route of its action, its method, and whether it has a field that only robots fill. */
export interface FormSpec {
  readonly route: string;
  readonly method: 'get' | 'post';
  readonly trap?: true;
}

/** What `{{#form}}` can be. */
export const FORMS: Readonly<Record<string, FormSpec>> = {
  'cart-add': { route: 'cart_add', method: 'post' },
  product: { route: 'cart_add', method: 'post' },
  cart: { route: 'cart_update', method: 'post' },
  login: { route: 'login', method: 'post' },
  register: { route: 'register', method: 'post' },
  contact: { route: 'contact', method: 'post', trap: true },
  newsletter: { route: 'newsletter', method: 'post', trap: true },
  'login-code': { route: 'code', method: 'post' },
  'recover-password': { route: 'recover', method: 'post' },
  'reset-password': { route: 'reset', method: 'post' },
  'activate-password': { route: 'activate', method: 'post' },
  address: { route: 'addresses', method: 'post' },
  localization: { route: 'localization', method: 'post' },
  password: { route: 'password', method: 'post' },
  search: { route: 'search', method: 'get' },
};

/** The field that shoppers do not see: what comes with it filled was sent by a robot. */
export const FORM_TRAP = 'homepage_url';

/** Where routes stand when the page does not say otherwise. */
export const DEFAULT_ROUTES: Readonly<Record<string, string>> = {
  root: '/',
  cart: '/cart',
  cart_add: '/cart/add',
  cart_change: '/cart/change',
  cart_update: '/cart/update',
  checkout: '/checkout',
  search: '/search',
  collections: '/collections',
  all_products: '/collections/all',
  account: '/account',
  login: '/account/login',
  register: '/account/register',
  recover: '/account/recover',
  code: '/account/code',
  reset: '/account/login',
  activate: '/account/login',
  addresses: '/account/addresses',
  contact: '/contact',
  newsletter: '/newsletter',
  localization: '/localization',
  password: '/password',
};
