import type { Span } from '../diagnostics/reporter';

/** A picture in the markup, or a snippet that may hold one, in the order of the file. */
export interface PictureFact {
  readonly loc: Span;
  /** The snippet called; null for a picture. */
  readonly snippet: string | null;
  /** Where a constant `loading="lazy"` stands. */
  readonly lazy: Span | null;
  /** Whether it is shown, or how, depends on which section or round it is. */
  readonly byIndex: boolean;
  /** The asset that is its only source. */
  readonly asset: string | null;
}

/** What the markup of a file was found to hold, for checks that look at several files. */
export interface HtmlFacts {
  readonly pictures: PictureFact[];
  /** `href="#id"` of links before the first place for sections, without the sign. */
  readonly skipTargets: string[];
  /** Snippets called before that place. */
  readonly earlySnippets: string[];
  readonly ids: Set<string>;
  /** Values of all ids, with marks around what is printed. */
  readonly named: string[];
  /** The same of those outside loops, with the ways that lead to them. */
  readonly placed: Map<string, readonly string[]>;
  /** Ids that attributes speak of. */
  readonly references: { readonly attr: string; readonly value: string; readonly loc: Span }[];
  /** Forms, and elements to press, that every page of this file has. */
  readonly elements: Set<string>;
  /** Snippets that every page of this file calls. */
  readonly straight: Set<string>;
  /** Snippets called inside a form, link or button. */
  readonly held: { readonly name: string; readonly loc: Span; readonly outer: string }[];
  /** Snippets called where only text may stand: in an attribute, with its quote, or in a title or text field. */
  readonly textSnippets: { readonly name: string; readonly loc: Span; readonly quote: string }[];
  /** Buttons and links that nothing names unless one of the parts inside does. */
  readonly nameless: Nameless[];
  /** Snippets called and drawings cut in, by their files. */
  readonly parts: Set<string>;
  /** The file itself has something that can be read out. */
  speaks: boolean;
}

/** A button or link that only snippets and drawings stand in. */
export interface Nameless {
  readonly loc: Span;
  readonly tag: string;
  readonly parts: ReadonlySet<string>;
}

/** Facts before anything was found. */
export function noHtmlFacts(): HtmlFacts {
  return {
    pictures: [],
    skipTargets: [],
    earlySnippets: [],
    ids: new Set(),
    named: [],
    placed: new Map(),
    references: [],
    elements: new Set(),
    straight: new Set(),
    held: [],
    textSnippets: [],
    nameless: [],
    parts: new Set(),
    speaks: false,
  };
}
