import { error, fixable, info, warning } from './record';

/** Names in templates, JSON and locales. */
export const NAMES = {
  C_UNKNOWN_SETTING: error(
    'There is no such setting',
    'The value is always empty. Add the setting to the schema, or correct the name.',
    '{{@section.settings.headin}}',
    '{{@section.settings.heading}}',
  ),
  C_UNKNOWN_OBJECT: error(
    'There is no such object',
    'Platform objects begin with @ and are listed in the manual. @index and its like exist inside {{#each}} only, @section in sections, @block in block files.',
    '{{@produkt.title}}',
    '{{@product.title}}',
  ),
  C_UNKNOWN_NAME: error(
    'Nothing here has this name',
    'Names without @ are block parameters and snippet arguments. A platform object needs its @.',
    '{{product.title}}',
    '{{@product.title}}',
  ),
  C_UNKNOWN_PROPERTY: warning(
    'The object has no such field',
    'The value is always empty. The manual lists the fields of every object.',
    '{{@product.name}}',
    '{{@product.title}}',
  ),
  C_UNKNOWN_PARAM: warning(
    'What a snippet declares and what it is handed differ',
    'The comment at the head of a snippet tells callers what to hand in. Declare the parameter there, correct the name, or hand in what is marked as required.',
    '{{!-- @param {product} product --}}{{prodct.title}}',
    '{{!-- @param {product} product --}}{{product.title}}',
  ),
  C_KIND: warning(
    'A value of a kind that this can do nothing with',
    'Nothing is shown: a price is made of a number, a picture of an image and not of its address, a loop of a list; objects print nothing by themselves, and 3 is never "3". Told only where the kind is known from a setting, an object or a literal.',
    '{{money @product.title}}',
    '{{money @product.price}}',
  ),
  C_NULL_OBJECT: warning(
    'The object is null on this page',
    'The section reads an object that this kind of page does not have, and nowhere asks whether it is there. Restrict the section with "enabled_on", or put the part in {{#if @product}}.',
    '<h1>{{@product.title}}</h1> in templates/index.json',
    '{{#if @product}}<h1>{{@product.title}}</h1>{{/if}}',
  ),
  C_PLACE: warning(
    'A section where it may not stand',
    'Its schema keeps it from this page or group, or from standing there so often: it is left out. Change "enabled_on", "disabled_on" or "limit", or take it out of the order.',
    '{"type":"main-product"} in templates/index.json',
    '{"type":"featured-product"}',
  ),
  C_UNUSED_SETTING: warning(
    'No markup reads this setting',
    'Merchants change it and nothing happens. Remove it from the schema, or use it.',
    '{{#schema}}{"name":"Hero","settings":[{"type":"text","id":"title"}]}{{/schema}}',
    '<h2>{{@section.settings.title}}</h2>{{#schema}}{"name":"Hero","settings":[{"type":"text","id":"title"}]}{{/schema}}',
  ),
  C_DUP_ID: error(
    'An id is used twice',
    'Values are stored by id: two settings of one id overwrite each other.',
    '[{"type":"text","id":"title"},{"type":"text","id":"title"}]',
    '[{"type":"text","id":"title"},{"type":"text","id":"subtitle"}]',
  ),
  C_DEFAULT_INVALID: error(
    'A default that does not fit its type',
    'The editor would show a value that it cannot save. A range begins on its grid, a select on one of its options, a colour is #rrggbb.',
    '{"type":"range","id":"n","min":2,"max":24,"step":2,"default":5}',
    '{"type":"range","id":"n","min":2,"max":24,"step":2,"default":6}',
  ),
  C_UNKNOWN_CHOICE: warning(
    'A font or colour scheme that the theme does not have',
    'The first scheme, or the font that the setting falls back to, is shown instead. Fonts are named by their handle in theme.json, schemes by their name in the colour schemes of the theme settings; looked at are defaults, presets and what templates store.',
    '{"type":"font","id":"font_body","default":"intr"}',
    '{"type":"font","id":"font_body","default":"inter"}',
  ),
  J_SYNTAX: fixable(
    error(
      'Not JSON',
      'Comments, single quotes and commas behind the last entry do not exist in JSON. As long as a file cannot be read, nothing else is said of what it holds.',
      '{"name": "Hero",}',
      '{"name": "Hero"}',
    ),
  ),
  J_DUP_KEY: warning(
    'A key stands twice in an object',
    'The last one counts and the others are lost without a word. Remove one of them, or join what they hold.',
    '{"cart": {"empty": "Empty"}, "cart": {"full": "Full"}}',
    '{"cart": {"empty": "Empty", "full": "Full"}}',
  ),
  J_SCHEMA: error(
    'JSON that does not fit its form',
    'A key is unknown, missing or of the wrong type. The message names the rule, the position the value.',
    '{{#schema}}{"nme": "Hero"}{{/schema}}',
    '{{#schema}}{"name": "Hero"}{{/schema}}',
  ),
  J_ORDER: fixable(
    error(
      'The order does not name the sections',
      '"order" holds every key of "sections" once: it says where each section stands on the page.',
      '{"sections":{"a":{"type":"hero"}},"order":["b"]}',
      '{"sections":{"a":{"type":"hero"}},"order":["a"]}',
    ),
  ),
  J_VALUE: fixable(
    warning(
      'A value without a setting, or that does not fit it',
      'The value is ignored and the default shown. Remove what the schema no longer has; correct what does not fit.',
      '{"type":"hero","settings":{"headng":"Hello"}}',
      '{"type":"hero","settings":{"heading":"Hello"}}',
    ),
  ),
  L_MISSING_KEY: error(
    'The default locale lacks this text',
    'Shoppers would see nothing. Add the key to locales/<language>.default.json.',
    '{{t "cart.emty"}}',
    '{{t "cart.empty"}}',
  ),
  L_MISSING_TRANSLATION: warning(
    'Texts that are not translated',
    'Shoppers of this language see the default language instead.',
    'de.json without "cart.empty"',
    '{"cart": {"empty": "Der Warenkorb ist leer"}}',
  ),
  L_MISSING_LABEL: warning(
    'A label that the editor cannot show',
    'What begins with t: stands in locales/<language>.default.schema.json. Merchants would read the key. Add it there, or write the words themselves.',
    '{"type":"text","id":"title","label":"t:labels.heding"}',
    '{"type":"text","id":"title","label":"t:labels.heading"}',
  ),
  L_UNKNOWN_KEY: warning(
    'A translation of nothing',
    'The default locale has no text of this key, so no page asks for it. Correct the key, or take it out.',
    'de.json: {"cart": {"emty": "Der Warenkorb ist leer"}}',
    'de.json: {"cart": {"empty": "Der Warenkorb ist leer"}}',
  ),
  L_PLACEHOLDER_MISMATCH: error(
    'A placeholder without a value',
    'Nobody hands in a value of this name, so that shoppers would read an incomplete sentence: a translation has a placeholder that the default locale does not have. Warnings are a {{t}} or a translation that leaves one out, and placeholders of other systems such as %{count}, which are printed as they stand. Texts with plural forms need count=.',
    '"Noch {{ anzahl }} Stück" for "{{ count }} left"',
    '"Noch {{ count }} Stück"',
  ),
  L_UNUSED_KEY: fixable(
    info(
      'No markup uses this text',
      'Unused texts are translated for nothing. The check is silent where a theme computes keys.',
      '"old_banner": "Sale!"',
      '{{t "old_banner"}}',
    ),
  ),
  L_HTML_INVALID: error(
    'A text with markup that is not sound',
    'Texts whose key ends with _html are printed as markup in any place: they hold complete inline elements only (a, b, strong, em, i, span, br, small, sup, sub and their like), without handlers and scripts.',
    '"terms_html": "Read the <a href=\'/terms\'>terms"',
    '"terms_html": "Read the <a href=\'/terms\'>terms</a>"',
  ),
  L_HARDCODED_TEXT: warning(
    'Words in the markup',
    'Words in markup cannot be translated. Move them to the locale files and print them with {{t}}, or make them a setting. An element with translate="no" is left alone.',
    '<button type="submit">Add to cart</button>',
    '<button type="submit">{{t "product.add"}}</button>',
  ),
} as const;
