/** How the value of an attribute is checked; `text` is inert wherever it stands, since values are escaped. */
export type AttributeKind =
  'text' | 'id' | 'ids' | 'link' | 'address' | 'picture' | 'srcset' | 'style' | 'target' | 'rel';

type Attributes = Readonly<Record<string, AttributeKind>>;

const texts = (names: string): Attributes =>
  Object.fromEntries(names.split(' ').map((name) => [name, 'text'] as const));

/**
 * What every element may carry. Not `data-*`, `is`, `slot` or `popover`: scripts of themes and of the platform take
 * them as commands. Not `name`: a named element hides a property of the document from scripts.
 */
const EVERYWHERE: Attributes = {
  ...texts('class title lang dir role hidden align itemscope itemprop itemtype'),
  id: 'id',
  style: 'style',
};

/** `aria-*`, of which some name other elements by their ids. */
const ARIA = /^aria-[a-z]{2,30}$/;
const ARIA_IDS = /^aria-(labelledby|describedby|controls|owns|details|flowto)$/;

const cell = {
  ...texts('colspan rowspan scope abbr width height valign bgcolor nowrap'),
  headers: 'ids',
} as const;
const column = texts('span width valign bgcolor');
const player = { ...texts('controls loop muted preload autoplay'), src: 'address' } as const;

/** Elements that have attributes of their own. */
const SPECIAL: Readonly<Record<string, Attributes>> = {
  a: { ...texts('hreflang type download'), href: 'link', target: 'target', rel: 'rel' },
  img: {
    ...texts('alt width height sizes loading decoding fetchpriority border hspace vspace'),
    src: 'picture',
    srcset: 'srcset',
  },
  source: { ...texts('type media sizes width height'), src: 'address', srcset: 'srcset' },
  video: { ...player, ...texts('width height playsinline'), poster: 'address' },
  audio: player,
  track: { ...texts('kind srclang label default'), src: 'address' },
  table: texts('border cellpadding cellspacing width bgcolor summary'),
  tr: texts('valign bgcolor'),
  td: cell,
  th: cell,
  col: column,
  colgroup: column,
  ol: texts('start reversed type'),
  ul: texts('type'),
  li: texts('value type'),
  details: texts('open'),
  time: texts('datetime'),
  ins: texts('datetime'),
  del: texts('datetime'),
  hr: texts('width size'),
  font: texts('color face size'),
};

/** Elements that stay, with their attributes. What is neither here nor dropped gives way to what stands in it. */
const ELEMENTS: ReadonlyMap<string, Attributes> = new Map(
  [
    'h1 h2 h3 h4 h5 h6 hgroup p div span section article aside header footer nav address blockquote pre hr br wbr center',
    'ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr td th figure figcaption picture img',
    'a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small strike strong sub sup time',
    'tt u var ruby rt rp details summary video audio source track',
  ]
    .join(' ')
    .split(' ')
    .map((name) => [name, SPECIAL[name] ?? {}] as const),
);

/** Elements that go with all that stands in them: it runs, it is a form's, or browsers read it by rules of its own. */
const DROPPED: ReadonlySet<string> = new Set(
  [
    'script style noscript template object embed applet param frame frameset noframes noembed iframe fencedframe portal',
    'svg math canvas title textarea select option optgroup datalist input keygen xmp plaintext',
    'link meta base basefont bgsound area',
  ]
    .join(' ')
    .split(' '),
);

/** Elements without content or an end tag. */
export const VOID: ReadonlySet<string> = new Set('br hr img wbr col source track'.split(' '));

/** What becomes of an element of HTML. */
export function fateOf(element: string): 'kept' | 'unwrapped' | 'dropped' {
  if (ELEMENTS.has(element)) return 'kept';
  return DROPPED.has(element) ? 'dropped' : 'unwrapped';
}

/** How an attribute of an element is checked; null when the element may not have it. */
export function kindOf(element: string, attribute: string): AttributeKind | null {
  const own = ELEMENTS.get(element) ?? {};
  if (Object.hasOwn(own, attribute)) return own[attribute] ?? null;
  if (Object.hasOwn(EVERYWHERE, attribute)) return EVERYWHERE[attribute] ?? null;
  if (!ARIA.test(attribute)) return null;
  return ARIA_IDS.test(attribute) ? 'ids' : 'text';
}
