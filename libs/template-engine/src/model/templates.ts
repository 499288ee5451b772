import type { Json, JsonObject } from '../context/view';

/** One block as stored in a JSON template, a group or the editor's draft. */
export interface BlockData {
  readonly type: string;
  readonly settings?: JsonObject;
  readonly disabled?: boolean;
  readonly blocks?: Readonly<Record<string, BlockData>>;
  readonly block_order?: readonly string[];
}

/** One section as stored. */
export interface SectionData extends BlockData {}

/** `templates/*.json` (2.2). */
export interface JsonTemplate {
  readonly layout?: string | false;
  readonly wrapper?: string;
  readonly sections: Readonly<Record<string, SectionData>>;
  readonly order: readonly string[];
}

/** `sections/*.json`: a section group. */
export interface SectionGroup extends JsonTemplate {
  readonly name: string;
  readonly type: 'header' | 'footer' | 'aside' | 'custom';
}

/** One entry of `settings` in a schema (2.4). Keys that belong to certain types are optional. */
export interface SettingSchema {
  readonly type: string;
  readonly id: string;
  readonly label?: string;
  readonly info?: string;
  readonly default?: Json;
  readonly placeholder?: string;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly unit?: string;
  readonly limit?: number;
  readonly options?: readonly {
    readonly value: string;
    readonly label: string;
    readonly group?: string;
  }[];
  readonly accept?: readonly string[];
  readonly metaobject_type?: string;
  readonly visible_if?: string;
  readonly localizable?: boolean;
  readonly css_var?: string;
  /** The colours of a `color_scheme_group`. */
  readonly definition?: readonly SettingSchema[];
  readonly content?: string;
}

/** An entry of `blocks` in a section schema: an inline block, a theme block's name, `@theme` or `@app`. */
export interface BlockSchema {
  readonly type: string;
  readonly name?: string;
  readonly limit?: number;
  readonly settings?: readonly SettingSchema[];
}

/** What a section declares about the data behind one of its settings. */
export interface DataEntry {
  readonly source: string;
  readonly limit?: number | string;
  readonly fields?: 'card' | 'full' | readonly string[];
}

/** The `{{#schema}}` of a section or block file. */
export interface SectionSchema {
  readonly name: string;
  readonly tag?: string;
  readonly class?: string;
  readonly limit?: number;
  readonly settings?: readonly SettingSchema[];
  readonly blocks?: readonly BlockSchema[];
  readonly max_blocks?: number;
  readonly presets?: readonly JsonObject[];
  readonly default?: JsonObject;
  readonly enabled_on?: {
    readonly templates?: readonly string[];
    readonly groups?: readonly string[];
  };
  readonly disabled_on?: {
    readonly templates?: readonly string[];
    readonly groups?: readonly string[];
  };
  readonly data?: Readonly<Record<string, DataEntry>>;
  readonly cache?: 'auto' | 'page' | 'none';
}

/** One group of `config/settings_schema.json`. */
export interface SettingGroup {
  readonly name: string;
  readonly settings?: readonly SettingSchema[];
  readonly [key: string]: unknown;
}
