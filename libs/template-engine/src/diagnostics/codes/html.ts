import { error, fixable, warning } from './record';

/** Markup that is sound on every way through the template. */
export const HTML = {
  H_UNCLOSED: error(
    'An element is never closed',
    'The rest of the page would stand inside it. Close it in the same file and the same branch.',
    '<div><p>…</p>',
    '<div><p>…</p></div>',
  ),
  H_STRAY_CLOSE: error(
    'An end tag closes nothing',
    'It would close something of the page around. Remove it, or open its element in this file.',
    '<p>…</p></div>',
    '<div><p>…</p></div>',
  ),
  H_BRANCH_MISMATCH: error(
    'Branches leave different elements open',
    'Whatever way the data takes, the same elements must be open afterwards, also when a block without else is not taken and after each round of a loop.',
    '{{#if x}}<div>{{/if}}…</div>',
    '<div{{#if x}} class="x"{{/if}}>…</div>',
  ),
  H_NESTED_FORM: error(
    'A form inside a form',
    'Browsers drop the inner form, and its button sends the outer one. Put one behind the other; form="id" ties fields to a form elsewhere.',
    '{{#form "cart"}}{{#form "cart-add"}}…{{/form}}{{/form}}',
    '{{#form "cart"}}…{{/form}}{{#form "cart-add"}}…{{/form}}',
  ),
  H_NESTED_INTERACTIVE: error(
    'Something to press inside something to press',
    'Browsers take nested links apart, and screen readers cannot reach what is inside a button; through a snippet it is a warning. Put them beside each other; a stretched link can cover a card with CSS.',
    '<a href="/x"><button type="button">Save</button></a>',
    '<div><a href="/x">…</a><button type="button">Save</button></div>',
  ),
  H_DUP_ID: warning(
    'An id stands twice',
    'Labels, anchors and scripts find the first element only. Told where both are on one page for sure; in branches that exclude each other an id may stand in each.',
    '<h2 id="title">…</h2><p id="title">…</p>',
    '<h2 id="title">…</h2><p id="text">…</p>',
  ),
  H_MISSING_TARGET: warning(
    'A reference to an id that there is not',
    'A label with for= names no field, and aria-labelledby= and its like say nothing, when no element has the id. Looked at are all files of the theme; what scripts make is not known.',
    '<label for="emial">…</label><input id="email" name="email">',
    '<label for="email">…</label><input id="email" name="email">',
  ),
  H_DUP_ID_IN_LOOP: warning(
    'A constant id inside a loop',
    'Every round prints the same id, and labels and anchors find the first only. Print something of the item or @index into it.',
    '{{#each items as |item|}}<li id="item">…</li>{{/each}}',
    '{{#each items as |item|}}<li id="item-{{@index}}">…</li>{{/each}}',
  ),
} as const;

/** Pages that everybody can use. */
export const ACCESS = {
  A_IMG_ALT: error(
    'A picture without alt',
    'Those who do not see the picture hear its file name. Describe it; write alt="" where it only decorates.',
    '<img src="{{image_url image}}" width="8" height="8">',
    '<img src="{{image_url image}}" width="8" height="8" alt="{{image.alt}}">',
  ),
  A_IFRAME_TITLE: error(
    'An <iframe> without a title',
    'Screen readers announce a frame by its title.',
    '<iframe src="{{video.embed_url}}"></iframe>',
    '<iframe src="{{video.embed_url}}" title="{{video.alt}}"></iframe>',
  ),
  A_LABEL: error(
    'A field without a label',
    'A placeholder is no label: it goes away and is not read out. Use <label for>, a label around the field, or aria-label.',
    '<input name="email">',
    '<label>{{t "email"}} <input name="email"></label>',
  ),
  A_BUTTON_NAME: error(
    'A button without a name',
    'Give a button text, or aria-label when it shows an icon only.',
    '<button type="button"><svg>…</svg></button>',
    '<button type="button" aria-label="{{t "close"}}"><svg>…</svg></button>',
  ),
  A_LINK_NAME: error(
    'A link without a name',
    'Give a link text, a picture with alt, or aria-label.',
    '<a href="/cart"><svg>…</svg></a>',
    '<a href="/cart" aria-label="{{t "cart"}}"><svg>…</svg></a>',
  ),
  A_HEADING_SKIP: warning(
    'A level of headings is left out',
    'Readers move through a page by its headings; h2 is followed by h3, whatever size they have.',
    '<h2>…</h2><h4>…</h4>',
    '<h2>…</h2><h3>…</h3>',
  ),
  A_LANG_DIR: error(
    'The page does not say its language',
    'Screen readers choose their voice by lang, and Arabic needs dir.',
    '<html>',
    '<html lang="{{@request.locale}}" dir="{{@request.dir}}">',
  ),
  A_POSITIVE_TABINDEX: fixable(
    warning(
      'A positive tabindex',
      'It moves one element before all others and breaks the order of the page. 0 puts it in the order, -1 takes it out.',
      '<div tabindex="3">',
      '<div tabindex="0">',
    ),
  ),
  A_ARIA_ROLE: error(
    'There is no such role',
    'Assistive technology ignores an unknown or abstract role and what was meant gets lost.',
    '<div role="buton">',
    '<div role="button">',
  ),
  A_ARIA_ATTR: error(
    'There is no such aria attribute or value',
    'Names and values are fixed by WAI-ARIA: true and false are written out, and an unknown name does nothing.',
    '<button aria-expanded="yes">',
    '<button aria-expanded="true">',
  ),
  A_VIDEO_CAPTIONS: warning(
    'A video with sound and without captions',
    'Add <track kind="captions">, or muted where the sound says nothing.',
    '<video src="{{video.url}}" controls></video>',
    '<video src="{{video.url}}" controls><track kind="captions" src="{{captions}}"></video>',
  ),
  A_CONTRAST: warning(
    'Colours that are hard to tell apart',
    'Text needs a contrast of 4.5 to 1 against its background (WCAG 2.2, 1.4.3). Looked at are text, muted text and button labels of every colour scheme of every preset.',
    '"paper": "#ffffff", "muted": "#aaaaaa"',
    '"paper": "#ffffff", "muted": "#6b6b6b"',
  ),
  A_SKIP_LINK: warning(
    'No way past the header',
    'Those who use a keyboard would pass every link of the menu on every page. The first link of a layout leads to its <main>.',
    '<body>{{group "header"}}<main>{{content}}</main>',
    '<body><a href="#main">{{t "skip"}}</a>{{group "header"}}<main id="main" tabindex="-1">{{content}}</main>',
  ),
  A_FOCUS_OUTLINE: warning(
    'The focus cannot be seen',
    'Who uses a keyboard must see where they are. Replace the outline in the same rule, or draw one in a :focus-visible rule of the same selector.',
    'a:focus { outline: none }',
    'a:focus-visible { outline: 2px solid }',
  ),
} as const;
