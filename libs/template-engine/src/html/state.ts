import type { Span } from '../diagnostics/reporter';

export type Mode =
  | 'data'
  | 'tag-open'
  | 'tag-name'
  | 'tag'
  /** In a tag behind branches of which one ended with a name: no more of that name may follow. */
  | 'joined'
  /** The same, with a space behind the name: no value may follow. */
  | 'spaced'
  | 'attr-name'
  | 'after-name'
  | 'before-value'
  | 'value'
  | 'unquoted'
  | 'end-tag'
  | 'raw'
  | 'comment'
  | 'markup';

/** Stands for a dynamic part inside a collected value, with the path that was printed. */
export const DYNAMIC = '\u0001';

export interface Attribute {
  readonly value: string;
  /** What it may be instead, by the branches in it. */
  readonly others: readonly string[];
  /** From its name to behind its value. */
  readonly loc: Span;
}

export interface OpenElement {
  readonly name: string;
  readonly loc: Span;
  readonly attrs: ReadonlyMap<string, Attribute>;
  /** Attributes came from a helper or a variable: what is missing cannot be told. */
  readonly unsure: boolean;
  /** Its start tag ends with a slash, which means nothing. */
  readonly selfClosed: boolean;
  /** Something inside gives it a name for those who do not see it. */
  named: boolean;
  /** Snippets and drawings inside that may give it a name, by their files. */
  readonly perhaps: Set<string>;
  /** A video: it has captions, or that cannot be told. */
  captioned: boolean;
}

/** Where a scan of markup stands between two statements. */
export interface HtmlState {
  mode: Mode;
  /** The tag being read. */
  tag: string;
  tagLoc: Span;
  attrs: Map<string, Attribute>;
  unsure: boolean;
  selfClosing: boolean;
  attr: string;
  attrStart: Span['start'];
  quote: string;
  value: string;
  /** What the value may be instead, by the branches before; empty when there is one way only. */
  others: readonly string[];
  /** Kind of the first dynamic part of the value. */
  valueKind: string;
  /** The element whose text is read raw: script, style, textarea, title. */
  raw: string;
  /** What is open in the script that is being read; see `script-code.ts`. */
  code: string;
  codeBefore: string;
  /** Collected letters of a possible end tag or comment end. */
  pending: string;
  stack: OpenElement[];
  /** Level of the heading before; 0 while none was seen. */
  heading: number;
  /** The branches that were taken to come here; empty where every page comes. */
  way: string;
}

/** The state at the start of a file. */
export function startState(): HtmlState {
  const nowhere = { start: { line: 1, column: 0 }, end: { line: 1, column: 1 } };
  return {
    mode: 'data',
    tag: '',
    tagLoc: nowhere,
    attrs: new Map(),
    unsure: false,
    selfClosing: false,
    attr: '',
    attrStart: nowhere.start,
    quote: '',
    value: '',
    others: [],
    valueKind: '',
    raw: '',
    code: '',
    codeBefore: '',
    pending: '',
    stack: [],
    heading: 0,
    way: '',
  };
}

/** A copy for one branch. Elements are shared, so that what names one in any branch names it. */
export function fork(state: HtmlState): HtmlState {
  return { ...state, attrs: new Map(state.attrs), stack: [...state.stack] };
}

export const VOID = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' '),
);
export const RAW = new Set(['script', 'style', 'textarea', 'title']);

/** Elements whose end tag may be left out. */
export const OPTIONAL_END = new Set(
  'p li dt dd option optgroup tr td th thead tbody tfoot colgroup html head body'.split(' '),
);

const BLOCKS = new Set(
  (
    'address article aside blockquote details dialog div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 ' +
    'header hgroup hr main menu nav ol p pre search section table ul'
  ).split(' '),
);

/** Says whether an open element ends by itself when another starts right inside it. */
export function endsBefore(open: string, next: string): boolean {
  switch (open) {
    case 'p':
      return BLOCKS.has(next);
    case 'li':
      return next === 'li';
    case 'dt':
    case 'dd':
      return next === 'dt' || next === 'dd';
    case 'option':
      return next === 'option' || next === 'optgroup';
    case 'td':
    case 'th':
      return ['td', 'th', 'tr', 'tbody', 'tfoot'].includes(next);
    case 'tr':
      return ['tr', 'tbody', 'tfoot'].includes(next);
    case 'thead':
    case 'tbody':
      return ['tbody', 'tfoot'].includes(next);
    case 'head':
      return next === 'body';
    default:
      return false;
  }
}
