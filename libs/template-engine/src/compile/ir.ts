import type { Span } from '../diagnostics/reporter';
import type { HelperSpec } from '../helpers/spec';

/** Where a path begins: an `@object`, a local of a block, an argument of a snippet, or data of a loop. */
export type Root =
  | { readonly at: 'global'; readonly name: string }
  | { readonly at: 'local'; readonly id: number }
  | { readonly at: 'arg'; readonly name: string }
  | { readonly at: 'loop'; readonly id: number; readonly name: string };

/** An expression with every name resolved. `kind` is a kind of the shape table, as far as it is known. */
export type Expr =
  | {
      readonly op: 'lit';
      readonly value: string | number | boolean | null;
      readonly kind: string;
      readonly loc: Span;
    }
  | {
      readonly op: 'get';
      readonly root: Root;
      readonly parts: readonly string[];
      readonly kind: string;
      /** The data path that is read, `section.settings.a.products[].title`; null when computed. */
      readonly path: string | null;
      readonly loc: Span;
    }
  | {
      readonly op: 'call';
      readonly spec: HelperSpec;
      readonly args: readonly Expr[];
      readonly hash: readonly (readonly [string, Expr])[];
      readonly kind: string;
      readonly loc: Span;
    };

/** Where in the markup something is printed; set by the HTML pass, which also decides how it is guarded. */
export interface Place {
  mode: 'data' | 'attr' | 'url' | 'tag' | 'script' | 'style' | 'css-attr' | 'css' | 'refused';
}

export interface PrintStep {
  readonly op: 'print';
  readonly expr: Expr;
  readonly escaped: boolean;
  readonly place: Place;
  readonly loc: Span;
}

export interface SnippetStep {
  readonly op: 'snippet';
  readonly name: string;
  readonly args: readonly (readonly [string, Expr])[];
  readonly loc: Span;
}

export interface BranchStep {
  readonly op: 'if';
  readonly name: string;
  readonly test: Test;
  readonly body: readonly Step[];
  readonly else: readonly Step[];
  readonly loc: Span;
}

/** The condition of `if`, `unless` or `match`. */
export interface Test {
  readonly value: Expr;
  readonly negate: boolean;
  readonly zeroCounts: boolean;
  /** Values of a `match`; null for `if`. */
  readonly cases: readonly Expr[] | null;
}

export interface EachStep {
  readonly op: 'each';
  readonly list: Expr;
  readonly limit: Expr | null;
  readonly offset: Expr | null;
  readonly id: number;
  readonly needsKeys: boolean;
  readonly body: readonly Step[];
  readonly else: readonly Step[];
  readonly loc: Span;
}

export type Step =
  | { readonly op: 'text'; readonly value: string; readonly loc: Span }
  | PrintStep
  | SnippetStep
  | BranchStep
  | EachStep
  | {
      readonly op: 'with';
      readonly value: Expr;
      readonly id: number;
      readonly body: readonly Step[];
      readonly else: readonly Step[];
      readonly loc: Span;
    }
  | {
      readonly op: 'form';
      readonly type: string;
      readonly object: Expr | null;
      readonly hash: readonly (readonly [string, Expr])[];
      readonly body: readonly Step[];
      readonly loc: Span;
    }
  | {
      readonly op: 'paginate';
      readonly total: Expr;
      readonly by: Expr;
      readonly id: number;
      readonly body: readonly Step[];
      readonly loc: Span;
    }
  | { readonly op: 'hole'; readonly name: string; readonly loc: Span }
  | { readonly op: 'blocks'; readonly loc: Span }
  | { readonly op: 'block'; readonly id: string; readonly type: string; readonly loc: Span };

/** A file after its names are resolved. */
export interface Unit {
  readonly file: string;
  readonly role: Role;
  readonly name: string;
  readonly steps: readonly Step[];
  /** Names a snippet reads, in the order of its parameters. */
  readonly args: readonly string[];
  readonly facts: Facts;
}

export type Role = 'layout' | 'section' | 'block' | 'snippet';

/** What a file was found to read and to need. Paths that begin with `$` hang on a snippet's argument. */
export interface Facts {
  readonly paths: Set<string>;
  readonly calls: {
    readonly name: string;
    readonly args: ReadonlyMap<string, string | null>;
    readonly loc: Span;
  }[];
  readonly limits: Map<string, number | string>;
  readonly menus: Set<string>;
  readonly assets: Set<string>;
  /** Files cut in by `inline_asset`. */
  readonly inlined: { readonly name: string; readonly loc: Span }[];
  readonly texts: Set<string>;
  readonly holes: { readonly name: string; readonly loc: Span; readonly top: boolean }[];
  readonly staticBlocks: { readonly id: string; readonly type: string; readonly loc: Span }[];
  readonly usedSettings: Set<string>;
  paginate: { readonly target: string; readonly by: number | string } | null;
  hasBlocks: boolean;
  /** How the computed keys of `t` begin; an empty text when nothing is known of one. */
  readonly textPrefixes: Set<string>;
}
