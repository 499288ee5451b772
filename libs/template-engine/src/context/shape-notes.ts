import type { SHAPES } from './shapes';

/** What an object is, and its fields whose name and kind do not say everything. */
type ShapeNotes = {
  readonly [S in keyof typeof SHAPES]: {
    readonly about: string;
    readonly fields?: { readonly [F in keyof (typeof SHAPES)[S]]?: string };
  };
};

const CARD_FIELDS = {
  type: 'What the merchant calls this kind of product.',
  price: 'Of the cheapest variant.',
  price_varies: 'Its variants have different prices.',
  compare_at_price:
    'The price to strike through, or null; of the cheapest variant. In the European Economic Area it is the lowest price of the 30 days before the reduction, whatever the merchant compares with.',
  on_sale: 'There is a price to strike through.',
  price_reduction: 'The reduction that may be announced; `price_block` prints it.',
  available: 'At least one variant can be bought.',
  hover_image: 'The second picture.',
  rating:
    '`value` (1 to 5) and `count` from the metafields `reviews.rating` and `reviews.rating_count`, or null.',
  first_variant_id: 'The first variant that can be bought, for a form without a choice.',
} as const;

const LIST_FIELDS = {
  sort_by: 'The order chosen, a `value` of `sort_options`.',
  filters: 'By what the list can be narrowed; made only for sections that read them.',
  active_filters: 'What it is narrowed by now.',
  filters_clear_url: 'The same list without any filter.',
} as const;

/** A line for every object of `SHAPES`, read by the theme manual and the editor. */
export const SHAPE_NOTES: ShapeNotes = {
  image: {
    about: 'A picture; `image_url`, `srcset` and `image_tag` take it.',
    fields: {
      src: 'The address of the original; use the helpers, which ask for the size that is needed.',
      aspect_ratio: 'Width by height.',
      focal_point: 'What stays in sight when it is cropped, as CSS wants it: `50% 30%`.',
      placeholder: 'A tiny picture as a data address, to stand there meanwhile.',
    },
  },
  video: {
    about: 'A film of the store (`host` is `self`) or of YouTube or Vimeo.',
    fields: { embed_url: 'For an `<iframe>`; null for films of the store.' },
  },
  media: { about: 'A picture or film of a product.', fields: { type: '`image` or `video`.' } },
  option_value: {
    about: 'A value of an option: *red*.',
    fields: {
      available: 'A variant with it and with the other values chosen can be bought.',
      swatch:
        'A colour for CSS, by the name of the value; null where the option is not of colours.',
      url: 'The product page with this value chosen: how a choice works without JavaScript.',
      variant_id: 'The variant that this choice leads to, or null when there is none.',
    },
  },
  option: { about: 'What a product is chosen by: *colour*.' },
  price_reduction: {
    about:
      'A reduction as it may be announced. In the European Economic Area it is measured against the lowest price of the 30 days before.',
    fields: {
      price:
        'What one costs, automatic discounts that everyone gets taken off: what `price_block` prints.',
      active: 'There is one; without it nothing may be struck through and no percentage shown.',
      prior: 'The price to strike through.',
      percent: 'How much less that is, in whole percent, rounded down.',
      since: 'When it began, where the ledger of prices says so.',
      kind: '`sale`, `automatic_discount`, `compare_at` for the merchant’s own price to compare with, or `list_price` for the price before an automatic discount.',
    },
  },
  variant: {
    about: 'What is bought: one of each option.',
    fields: {
      options: 'Its values, in the order of the options.',
      inventory_quantity: 'Pieces in stock; null when they are not counted.',
      inventory_policy: '`deny` or `continue` when there are none left.',
      selected: 'The address chooses it.',
    },
  },
  product_card: { about: 'A product in a list.', fields: CARD_FIELDS },
  product: {
    about: 'A product with all that its page shows.',
    fields: {
      ...CARD_FIELDS,
      description: 'Print it with three braces.',
      gift_card:
        'Its variants are gift cards: they may be for somebody else, by the line’s properties `Recipient email`, `Recipient name`, `Message` and `Send on` (`YYYY-MM-DD`) beside `__send_gift_card_to_recipient`, which is `if_present` for a form that may be left blank, else `on`.',
      selected_variant: 'The one that the address names, or null.',
      recommendations:
        'Up to eight products that may be bought instead: those that the merchant chose, then what is alike; made only for sections that read them.',
      complementary_products:
        'Up to eight products that the merchant chose to be bought together with it; made only for sections that read them.',
      metafields: 'By namespace and key: `metafields.care.wash`.',
      selling_plans: 'Empty: there are no subscriptions.',
    },
  },
  link: { about: 'A thing with a page of its own.' },
  sort_option: {
    about: 'An order that a list can have.',
    fields: { url: 'The list in this order.' },
  },
  filter_value: {
    about: 'A value to narrow a list by.',
    fields: {
      count: 'How many products choosing it would list.',
      url: 'The list with it switched.',
    },
  },
  filter: {
    about: 'Something to narrow a list by.',
    fields: {
      type: '`list`, `swatch`, `boolean` or `price_range`.',
      param_name: 'The name of its field in a form.',
      clear_url: 'The list without this filter.',
      min_value: 'The lowest price asked for.',
      max_value: 'The highest price asked for.',
      min_typed: 'The lowest price as the shopper typed it, for the field that asks for it.',
      max_typed: 'The highest price as the shopper typed it, for the field that asks for it.',
    },
  },
  active_filter: {
    about: 'Something the list is narrowed by.',
    fields: { url: 'The list without it.' },
  },
  collection: { about: 'A collection with a page of its products.', fields: LIST_FIELDS },
  page: {
    about: 'A page written by the merchant.',
    fields: { content: 'Print it with three braces.' },
  },
  article: { about: 'An article of a blog.', fields: { content: 'Print it with three braces.' } },
  blog: { about: 'A blog with a page of its articles.' },
  search_result: {
    about: 'One thing found.',
    fields: {
      kind: '`product`, `page`, `article` or `collection`: which of the fields is not null.',
    },
  },
  search: {
    about: 'A search with a page of what it found.',
    fields: { ...LIST_FIELDS, performed: 'Something was searched for.' },
  },
  recommendations: {
    about: 'What goes with a product, in sections that are fetched for that.',
    fields: { intent: '`related` or `complementary`, as it was asked for.' },
  },
  predictive_search: { about: 'What was found while the shopper types.' },
  list_collections: { about: 'A page of all collections.' },
  menu_link: {
    about: 'An entry of a menu.',
    fields: {
      type: '`product`, `collection`, `page`, `blog`, `article`, `http`...: what it leads to.',
      active: 'It leads to this page.',
      child_active: 'An entry below it leads to this page.',
      links: 'Entries below it; menus are three levels deep.',
    },
  },
  menu: { about: 'A menu, by its handle: `@menus.main`.' },
  cart_item: {
    about: 'A line of the cart.',
    fields: {
      key: 'The line, for `cart_change`.',
      available:
        'As many as the line has can be bought now; the checkout sells no order with a line that is not.',
      quantity_left:
        'How many of it can be bought now, where those are fewer than the line has; 0 when it is sold out.',
      price: 'One piece, discounts taken off.',
      original_price: 'One piece before discounts.',
      line_price:
        'All pieces of the line, all discounts taken off; the lines together are `cart.total_price`.',
      final_line_price: 'All pieces of the line, only its own discounts taken off.',
      original_line_price: 'All pieces of the line before discounts.',
      discounts: 'What discounts take off this line: a list of `{title, amount}`.',
      properties: 'What the shopper wrote for this line, by name.',
    },
  },
  cart: {
    about: 'What the shopper means to buy.',
    fields: {
      item_count: 'Pieces, not lines.',
      items_subtotal_price: 'The lines with their own discounts, before those of the whole cart.',
      discounts:
        'The discounts that count: a list of `{title, code, amount, level}`; level is `line` or `cart`.',
      discount_codes: 'The codes that the shopper entered: a list of `{code, applicable}`.',
      additional_checkout_buttons:
        'Providers at which this cart can be checked out without typing an address; empty where there are none. Looked up only for pages that read it.',
    },
  },
  checkout_button: {
    about:
      'A submit button of the cart form that leads to a provider, who knows the shopper’s address.',
    fields: {
      provider: 'Which one: `paypal`.',
      title: 'As the merchant calls it.',
      name: 'The `name` of the submit button: `<button type="submit" name="{{button.name}}" value="1">`.',
    },
  },
  customer: {
    about: 'The customer who is signed in.',
    fields: {
      addresses: 'The address book, on pages of the account; the default one first.',
      orders: 'The newest fifty, on pages of the account.',
      countries: 'What an address may be in, on the page of the addresses.',
    },
  },
  locale: {
    about: 'A language of the store.',
    fields: { url: 'This page in it.', dir: '`ltr` or `rtl`.', name: 'In the language itself.' },
  },
  market: { about: 'A part of the world that the store sells to.' },
  country: { about: 'A country that the store sells to.' },
  shop: {
    about: 'The store.',
    fields: {
      money_format: 'How its currency is written.',
      policies: 'By handle: `policies.refund`.',
    },
  },
  request: {
    about: 'What was asked for.',
    fields: {
      path: 'Without the query and the prefix of the language.',
      query: 'The parameters of the address; reading it keeps a section from being shared.',
      design_mode: 'The page stands in the editor.',
      page: 'The page of the list, from 1.',
    },
  },
  page_meta: { about: 'What search engines and networks show of the page.' },
  template: {
    about: 'The JSON template that is shown.',
    fields: { suffix: '`gift` of `product.gift.json`.' },
  },
  routes: {
    about: 'Addresses of the store, with the prefix of the language.',
    fields: {
      withdraw:
        'Where a consumer withdraws from a contract; null for a store that is not, and has no market, in the EU or the EEA.',
    },
  },
  localization: { about: 'Countries and languages to choose from, and the ones chosen.' },
  metaobject: {
    about: 'An entry of a kind that the merchant defined.',
    fields: { fields: 'By key.' },
  },
  form_result: {
    about: 'What became of a form that was sent; shown once.',
    fields: {
      type: 'The form: `contact`, `newsletter`...',
      id: 'The `id` of the form, when it has one.',
      values: 'What had been typed, by field.',
    },
  },
  form_error: { about: 'What is wrong with a field.' },
  block: {
    about: 'A block of the section.',
    fields: { attributes: 'For its outermost element: by these the editor finds it.' },
  },
  section: {
    about: 'The section being rendered.',
    fields: {
      index: 'Its place in the template or group, from 0.',
      location: '`template`, or the name of the group.',
    },
  },
  order: {
    about: 'An order of the customer.',
    fields: {
      status_url:
        'Its own page, with parcels, returns and papers; null in the list of `customer.orders`.',
      return_url:
        'Where a return or an exchange is asked for; null where nothing can come back, and in the list of `customer.orders`.',
      reorder_url:
        'A form that is posted there puts into the cart what is still sold of the order; the cart page tells the rest as `@form_result` of the type `reorder`.',
      documents:
        'Invoices and credit notes, where the store shows them; empty in the list of `customer.orders`.',
    },
  },
  order_document: {
    about: 'An invoice or a credit note of an order.',
    fields: {
      name: 'Its number, such as `INV-1001`.',
      kind: '`invoice` or `credit_note`.',
      url: 'The PDF.',
    },
  },
  gift_card: { about: 'A gift card.' },
  discount: {
    about: 'A discount that a setting points to.',
    fields: { uses_left: 'How often it can still be used; null when that is not limited.' },
  },
  font: {
    about: 'A font of the theme; `font_face` prints its rules.',
    fields: {
      stack:
        'The family, the one of its further letters and its metric-matched fallback, ready for `font-family`.',
      face_url: 'For a preload; null for fonts of the system.',
      more: 'Files of further letters, `{face_url, unicode_range}`; `font_face` prints their rules too, as the family `<family> More`.',
    },
  },
  paginate_part: { about: 'A page number or the gap between two.' },
  paginate_step: { about: 'The page before or after.' },
  paginate: { about: 'What `{{#paginate}}` hands to its block.' },
};
