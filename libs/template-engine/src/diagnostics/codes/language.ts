import { error, fixable, warning } from './record';

/** The language itself, and static parts that other languages are written in. */
export const LANGUAGE = {
  E_SYNTAX: error(
    'The file is not complete',
    'A tag or block is not closed, or something stands where the language has no place for it. The position is where it was opened. Close it; every {{#if}} needs its {{/if}}.',
    '{{#if @product}}<p>…</p>',
    '{{#if @product}}<p>…</p>{{/if}}',
  ),
  E_TOO_LARGE: error(
    'Larger than a theme may be',
    'Limits keep every page of every store fast to compile and to load. Split a long file into snippets, a long page into templates, and shrink pictures before they are uploaded. Schemas beyond 40 settings are only warned about: merchants lose their way in such forms.',
    'sections/everything.hbs with 200 KB of markup',
    'sections/hero.hbs and snippets/hero-slide.hbs',
  ),
  E_TOO_DEEP: error(
    'Nested too deeply',
    'Blocks nest 24 deep, {{#each}} 4, sub-expressions 8, paths 12 parts, snippets 16, JSON 64. Give an inner part a snippet of its own.',
    '{{#each a as |b|}}{{#each b as |c|}}{{#each c as |d|}}{{#each d as |e|}}{{#each e as |f|}}…',
    '{{#each a as |b|}}{{> row items=b}}{{/each}}',
  ),
  E_NAME: error(
    'A reserved name',
    'Names that JavaScript objects carry by themselves (constructor, prototype, toString and others) are refused everywhere, so that no theme can reach the machine below it. Choose another name.',
    '{{@product.constructor}}',
    '{{@product.title}}',
  ),
  E_PARENT: error(
    '../ is not part of the language',
    'What ../ means would depend on the data. Name the loop variable instead; names of outer loops stay visible inside.',
    '{{#each items}}{{../title}}{{/each}}',
    '{{#each items as |item|}}{{title}}{{/each}}',
  ),
  E_NODE: fixable(
    error(
      'Not part of the language',
      'Decorators, inline partials, partial blocks, dynamic partials and raw blocks of Handlebars do not exist here. Use snippets with named values, and {{{ }}} for trusted markup.',
      '{{&@page.content}}',
      '{{{@page.content}}}',
    ),
  ),
  E_UNKNOWN_HELPER: error(
    'There is no such helper',
    'The list of helpers is closed. Look for a misspelling first; the manual lists every helper with its arguments.',
    '{{mony @product.price}}',
    '{{money @product.price}}',
  ),
  E_HELPER_FORM: error(
    'A helper in the wrong form',
    'A block helper is written {{#name}}…{{/name}}, a helper inside another call (name …), and printed {{name …}}.',
    '{{#money @product.price}}{{/money}}',
    '{{money @product.price}}',
  ),
  E_ARGS: error(
    'Wrong arguments',
    'A call has too few or too many arguments, an option that the helper does not know, or a value that must be constant and is not.',
    '{{money}}',
    '{{money @product.price}}',
  ),
  E_NUMBER: error(
    'A number that cannot be kept exactly',
    'Whole numbers are exact up to 9,007,199,254,740,991, and in JSON there is no infinity. Write longer ones as text.',
    '{{eq x 99999999999999999999}}',
    '{{eq x "99999999999999999999"}}',
  ),
  E_PLACE: error(
    'Not here',
    'Blocks, layout holes, forms and snippets stand between elements, and a page has one {{#paginate}}. Move it to where its output can stand.',
    '<div {{blocks}}>',
    '<div>{{blocks}}</div>',
  ),
  E_CSS: warning(
    'A style sheet that browsers cannot read here',
    'Browsers drop a rule or declaration they cannot parse, silently and often with what follows it. Mostly a brace, colon or semicolon is missing at the marked place.',
    'a { color red }',
    'a { color: red }',
  ),
} as const;

/** Files, and how they hang together. */
export const FILES = {
  F_PATH: error(
    'Not a file of a theme',
    'Only the folders and kinds of files of the format are taken, names in small letters. Remove the file or move it to where it belongs.',
    'assets/upload.php',
    'assets/upload.js',
  ),
  F_MISSING_FILE: error(
    'A file that every theme needs is not there',
    'theme.json, layout/theme.hbs and templates/index.json are needed, and a layout that a template names must exist.',
    '{"layout": "wide", …} without layout/wide.hbs',
    '{"layout": "theme", …}',
  ),
  F_MISSING_SNIPPET: error(
    'There is no such snippet',
    'The page could not be composed. Write the name of a file under snippets/, without folder and ending.',
    '{{> prodct-card}}',
    '{{> product-card}}',
  ),
  F_MISSING_ASSET: error(
    'There is no such asset',
    'The address would lead nowhere. Write the name of a file under assets/, with its ending.',
    '{{asset "bas.css"}}',
    '{{asset "base.css"}}',
  ),
  F_MISSING_SECTION: error(
    'There is no such section',
    'A template or group names a type without a file under sections/.',
    '{"type": "heroo"}',
    '{"type": "hero"}',
  ),
  F_MISSING_BLOCK: error(
    'There is no such block here',
    'A block is allowed when the section lists its type under "blocks", or lists "@theme" and the file stands under blocks/.',
    '"blocks": {"a": {"type": "prise"}}',
    '"blocks": {"a": {"type": "price"}}',
  ),
  F_MISSING_GROUP: error(
    'There is no such section group',
    'A layout names a group without a file sections/<name>.json.',
    '{{group "heder"}}',
    '{{group "header"}}',
  ),
  X_LAYOUT_HOLES: error(
    'A layout lacks one of its places',
    'A layout has {{content_for_head}}, {{group "header"}}, {{content}}, {{group "footer"}} and {{content_for_body_end}}, each once and not inside a block: the platform cuts the page there.',
    '<body>{{content}}</body>',
    '<body>{{group "header"}}{{content}}{{group "footer"}}{{content_for_body_end}}</body>',
  ),
  X_RECURSION: error(
    'Snippets that call themselves',
    'A snippet may not call itself, also not through others: the page would never end. Write the levels out, as menus of three levels are.',
    'snippets/tree.hbs: {{> tree items=items}}',
    'snippets/tree.hbs: {{> branch items=items}}',
  ),
  X_ORPHAN_SNIPPET: warning(
    'Nothing calls this snippet',
    'It costs time at every upload and misleads whoever reads the theme. Delete it, or call it.',
    'snippets/old-card.hbs, which no file calls',
    '{{> old-card product=item}}',
  ),
  D_CAP: error(
    'More data than a page may ask for',
    'A source gives at most 50 products and a page 250. Page long lists with {{#paginate}}.',
    '"data": {"p": {"source": "settings.c", "limit": 80}}',
    '"data": {"p": {"source": "settings.c", "limit": 24}}',
  ),
} as const;
