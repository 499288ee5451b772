import type { Json, JsonObject } from '../context/view';

/** A block as a template sees it. */
export interface BlockView {
  readonly id: string;
  readonly type: string;
  readonly settings: JsonObject;
  readonly attributes?: string;
  readonly blocks?: readonly BlockView[];
  /** Printed by its own `{{block}}`, not by `{{blocks}}`. */
  readonly static?: boolean;
}

/** One section of the page, its resources filled in. */
export interface SectionInstance {
  readonly id: string;
  readonly type: string;
  /** `template` or the name of its group. */
  readonly location: string;
  readonly index: number;
  readonly settings: JsonObject;
  readonly blocks: readonly BlockView[];
  /** Something that its settings point to was not found: it is not to be kept in a cache. */
  readonly incomplete?: boolean;
  /** It is known to fail: it is not rendered, and this is said of it. */
  readonly failure?: SectionError;
}

/** An asset's address, with its integrity hash when there is one. */
export type AssetEntry = string | { readonly url: string; readonly integrity?: string };

/** Everything that a page is made of: one plain JSON, which may travel to a render process as text. */
export interface PageInput {
  readonly layout: string | false;
  readonly wrapper?: string | null;
  /** The `@objects`: shop, settings, request, page_meta, template, routes, menus, localization, cart, customer and the page's resource. */
  readonly globals: Readonly<Record<string, Json>>;
  /** In page order; sections of groups carry the group's name as `location`. */
  readonly sections: readonly SectionInstance[];
  /** File name under `assets/` to its address. */
  readonly assets: Readonly<Record<string, AssetEntry>>;
  /** Markup of the platform for `{{content_for_head}}` and `{{content_for_body_end}}`. */
  readonly head?: string;
  readonly bodyEnd?: string;
  /** Stands on inline styles and modules of the theme when a content security policy asks for it. */
  readonly nonce?: string;
  readonly budgets?: Partial<Budgets>;
  /** Sections, as `location/id`, whose bytes the caller has: they are not rendered, and left empty among the parts. */
  readonly held?: readonly string[];
}

/** Budgets of one page (4.3). `deadline` is milliseconds of a processor, looked at every 4,096 steps. */
export interface Budgets {
  readonly steps: number;
  readonly output: number;
  readonly alloc: number;
  readonly deadline: number;
}

/** Why a section did not render. Lines and columns count from 1. */
export interface SectionError {
  /** Its id; empty for the layout. */
  readonly section: string;
  /** `template` or the name of its group; empty for the layout. */
  readonly location: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** `R_STEPS`, `R_OUTPUT`, `R_ALLOC`, `R_DEADLINE`, `R_DEPTH`, `R_FAILED`, `R_UNKNOWN_SECTION`. */
  readonly code: string;
  readonly message: string;
}

/** A rendered page and what it took. A section that failed is a comment in `html` and an entry in `errors`. */
export interface PageOutput {
  readonly html: string;
  readonly errors: readonly SectionError[];
  readonly steps: number;
}

/** Sections rendered apart from their page; one that failed has no markup and an entry in `errors`. */
export interface SectionsOutput {
  readonly sections: readonly { readonly id: string; readonly html: string | null }[];
  readonly errors: readonly SectionError[];
  readonly steps: number;
}

/** How many bytes of a page a section takes, by its name, `location/id`; null for what stands between sections. */
export type PagePart = readonly [section: string | null, bytes: number];

/** A page as the bytes that a socket is given, and the parts that it can be cut into, in their order. */
export interface PageParts {
  readonly body: Buffer;
  readonly parts: readonly PagePart[];
  readonly errors: readonly SectionError[];
  readonly steps: number;
}
