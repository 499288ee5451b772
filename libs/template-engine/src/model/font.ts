/** The face of a local font that takes a theme font's place while it loads, stretched to its metrics (in percent). */
export interface FontFallback {
  readonly font: string;
  readonly size_adjust?: number;
  readonly ascent_override?: number;
  readonly descent_override?: number;
  readonly line_gap_override?: number;
}

/** Further letters of a theme font, fetched by pages that have one of them. */
export interface FontPart {
  /** A `.woff2` under `assets/`. */
  readonly file: string;
  readonly unicode_range: string;
}

/** A font of `theme.json`: a file of the theme, or a family that browsers have. */
export interface FontSpec {
  readonly family: string;
  /** One weight, `380`, or the two ends of a variable font's range, `400 600`. */
  readonly weight: string;
  readonly style: string;
  /** A `.woff2` under `assets/`. */
  readonly file?: string;
  readonly unicode_range?: string;
  readonly more?: readonly FontPart[];
  /** What follows in the family list: `Georgia, serif`. */
  readonly stack: string;
  readonly fallback?: FontFallback;
}
