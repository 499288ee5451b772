import type { FontSpec } from './font';
import type { Json, JsonObject } from '../context/view';
import type { JsonTemplate, SectionGroup } from './templates';

/** Kinds of data that a setting can point to. */
export type SourceKind =
  | 'product'
  | 'collection'
  | 'page'
  | 'blog'
  | 'article'
  | 'menu'
  | 'image'
  | 'video'
  | 'metaobject'
  | 'discount';

/** One thing to load: sources of a kind are loaded in one batch, the products of collections in a second wave. */
export interface DataSource {
  /** `<kind>:<ref>`: the key of the answer in `fillPage`. */
  readonly key: string;
  readonly kind: SourceKind;
  /** The id or handle that the setting holds. */
  readonly ref: string;
  /** How many products of a collection, or articles of a blog (0 = none needed). */
  readonly limit: number;
  /** `card`, `full`, or the fields read. */
  readonly fields: 'card' | 'full' | readonly string[];
}

/** Where the loaded source belongs: a path inside the planned section (or the theme settings). */
export interface Need {
  readonly at: readonly (string | number)[];
  /** A list takes the sources in order and leaves out those that were not found. */
  readonly keys: readonly string[];
  readonly many: boolean;
  /** Only the address of the resource is wanted: a `url` setting that holds `ref:product:<id>`. */
  readonly take?: 'url';
}

/** A block with its settings completed by defaults. */
export interface PlannedBlock {
  readonly id: string;
  readonly type: string;
  readonly settings: JsonObject;
  readonly blocks: readonly PlannedBlock[];
  /** Printed by its own `{{block}}`, not by `{{blocks}}`. */
  readonly static?: boolean;
}

/** A section of the page, in order, settings completed and checked, resources still as ids. */
export interface PlannedSection {
  readonly id: string;
  readonly type: string;
  /** `template`, or the name of the group. */
  readonly location: string;
  readonly index: number;
  readonly settings: JsonObject;
  readonly blocks: readonly PlannedBlock[];
  readonly needs: readonly Need[];
  /** False when the output differs by shopper. */
  readonly public: boolean;
  /** The `@objects` that it and its blocks read. */
  readonly globals: readonly string[];
}

/** Everything to load before a page is rendered (2.8). */
export interface DataPlan {
  readonly layout: string | false;
  readonly wrapper: string | null;
  readonly sections: readonly PlannedSection[];
  readonly sources: readonly DataSource[];
  readonly settings: JsonObject;
  readonly settingNeeds: readonly Need[];
  /** The theme's fonts by handle: a need `font:<handle>` is answered from here. */
  readonly fonts: Readonly<Record<string, FontSpec>>;
  /** The `@objects` that the page's sections and layout read. */
  readonly globals: readonly string[];
  /** Those of them that the layout reads. */
  readonly layoutGlobals: readonly string[];
  /** Paths read, `product.variants[].price`: what of the page resource must be loaded. */
  readonly paths: readonly string[];
  /** Handles of `@menus` that are read; `*` when one is looked up by a computed name. */
  readonly menus: readonly string[];
  readonly pagination: { readonly target: string; readonly size: number } | null;
  /** Settings and sources that were dropped or cut, for the editor. */
  readonly notes: readonly string[];
}

/** What is to be planned: one JSON template, the groups that its layout names, and the settings that override. */
export interface PlanRequest {
  readonly template: JsonTemplate;
  readonly groups?: Readonly<Record<string, SectionGroup>>;
  readonly settings?: JsonObject;
  /**
   * Plans only the sections with these ids, without layout: of the template first, then of the groups. They keep the
   * place that they have on the whole page.
   */
  readonly only?: readonly string[];
  /** The page type, or the name of the template, by which `enabled_on` is judged; absent: it is not. */
  readonly type?: string;
}

/** Answers to a plan by source key; a missing or null answer becomes null (or is left out of a list). */
export type LoadedSources = Readonly<Record<string, Json | null | undefined>>;
