/** A theme as it is uploaded: path inside the theme (`sections/hero.hbs`) to text, or bytes for assets. */
export type ThemeFiles = ReadonlyMap<string, string | Uint8Array>;

/** A position in a source file: line and column count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}
