import type { FontSpec } from './font';
import type { JsonObject } from '../context/view';
import type { Diagnostic } from './diagnostic';
import type { JsonTemplate, SectionGroup, SectionSchema, SettingGroup } from './templates';

/** Code for one theme version in one locale. Stored and signed by the caller, run only by the runtime door. */
export interface Artefact {
  readonly format: 'hbt/1';
  readonly compiler: string;
  readonly locale: string;
  /** SHA-256 of `js`, hexadecimal. */
  readonly hash: string;
  readonly js: string;
}

/** What a section, block or layout reads, exactly, since everything is read through `@` paths. */
export interface Reads {
  /** True when every shopper gets the same output for the same data. */
  readonly public: boolean;
  /** The `@objects` read: `product`, `cart`. */
  readonly globals: readonly string[];
  /** `product.title`, `section.settings.collection.products[].price`. */
  readonly paths: readonly string[];
  /** Handles of menus read by name; `*` when one is read by a computed name. */
  readonly menus: readonly string[];
}

/** Pagination that a section asks for: what is paged and the size, or the setting that holds it. */
export interface PaginateMeta {
  readonly target: string;
  readonly by: number | string;
}

/** What is known of a section or theme block before any page is rendered. */
export interface SectionMeta {
  readonly type: string;
  readonly file: string;
  readonly schema: SectionSchema;
  readonly deps: Reads;
  /** Limits on lists found in the markup, by the path of the list: a number or the id of a setting. */
  readonly limits: Readonly<Record<string, number | string>>;
  readonly paginate: PaginateMeta | null;
  readonly snippets: readonly string[];
  readonly hasBlocks: boolean;
  /** Blocks that stand at a fixed place, `{{block "id" type="x"}}`. */
  readonly staticBlocks: readonly { readonly id: string; readonly type: string }[];
  /** Static weight in steps: what one pass without loops costs. */
  readonly weight: number;
}

/** Everything but the code: what the planner, the editor and the renderer ask. Plain JSON, stored beside the artefact. */
export interface ThemeMeta {
  readonly format: 'hbt/1';
  readonly compiler: string;
  readonly name: string;
  readonly version: string;
  readonly defaultLocale: string;
  readonly locales: readonly string[];
  readonly sections: Readonly<Record<string, SectionMeta>>;
  readonly blocks: Readonly<Record<string, SectionMeta>>;
  readonly layouts: Readonly<Record<string, Reads & { readonly groups: readonly string[] }>>;
  /** By name: `index`, `product`, `product.gift`, `customers/login`. */
  readonly templates: Readonly<Record<string, JsonTemplate>>;
  readonly groups: Readonly<Record<string, SectionGroup>>;
  readonly settingsSchema: readonly SettingGroup[];
  /** Values of the current preset or of the merchant, defaults applied. */
  readonly settings: JsonObject;
  readonly presets: Readonly<Record<string, JsonObject>>;
  /** Fonts of `theme.json` by handle. */
  readonly fonts: Readonly<Record<string, FontSpec>>;
  /** File names under `assets/`. */
  readonly assets: readonly string[];
}

/** The result of a compilation; `artefacts` is empty when an error stands among the diagnostics. */
export interface CompiledTheme {
  readonly artefacts: readonly Artefact[];
  readonly meta: ThemeMeta | null;
  readonly diagnostics: readonly Diagnostic[];
  /** What a dry run saw, when there was one. */
  readonly dryRun?: DryRunSummary;
}

/** What a dry run saw of a theme. */
export interface DryRunSummary {
  /** What each section took at most, the dearest first. */
  readonly costs: readonly SectionCost[];
  /** Pages that were rendered. */
  readonly pages: number;
  /** Pages that the time did not suffice for. */
  readonly skipped: number;
}

/** The most that a section took on any page of the dry run. */
export interface SectionCost {
  readonly type: string;
  /** The template on which it took that. */
  readonly template: string;
  readonly steps: number;
  /** Bytes of HTML. */
  readonly bytes: number;
  readonly ms: number;
}

/** How to compile. */
export interface CompileOptions {
  /** Locales to build; default all that the theme has. */
  readonly locales?: readonly string[];
  /** What earlier compilations of the same theme left: only files that changed are read again. */
  readonly memory?: CompileMemory;
  /** False leaves the checks of budgets out, to measure what they cost; never for a theme that is rendered for shoppers. */
  readonly budgets?: boolean;
  /**
   * Render every template with the worst of data, too (P_STEPS): all pages, or as many as fit into some milliseconds
   * and until a moment of `performance.now()`.
   */
  readonly dryRun?: { readonly longestMs?: number; readonly until?: number };
}

/** Files by path as they were compiled last; to be handed in again and not to be looked into. */
export type CompileMemory = Map<string, unknown>;
