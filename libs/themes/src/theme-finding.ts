import type { Diagnostic } from '@libs/template-engine';

/** Codes of what is wrong before a theme can be compiled: with the zip, or with the compilation itself. */
export type UploadCode =
  | 'Z_NOT_A_ZIP'
  | 'Z_DAMAGED'
  | 'Z_TOO_LARGE'
  | 'Z_TOO_MANY_FILES'
  | 'Z_RATIO'
  | 'Z_ENCRYPTED'
  | 'Z_LINK'
  | 'Z_TRAVERSAL'
  | 'Z_NAME'
  | 'Z_PLACE'
  | 'Z_DUPLICATE'
  | 'Z_ENCODING'
  | 'T_TIMEOUT'
  | 'T_CRASHED';

/** One finding in a theme, of the engine or of the upload; lines and columns count from 1. */
export type ThemeFinding = Omit<Diagnostic, 'code'> & { readonly code: string };

/**
 * An error about a whole file.
 * @param file its path, or `theme.zip` for the zip itself
 */
export function fileFinding(file: string, code: UploadCode, message: string): ThemeFinding {
  const place = { line: 1, column: 1, endLine: 1, endColumn: 2 };
  return { file: file.slice(0, 300), ...place, code, severity: 'error', message };
}
