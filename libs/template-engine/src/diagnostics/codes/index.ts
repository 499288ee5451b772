import { ACCESS, HTML } from './html';
import { FILES, LANGUAGE } from './language';
import { NAMES } from './names';
import { PERFORMANCE } from './performance';
import type { CodeRecord } from './record';
import { SECURITY } from './security';

/** Every code a check can give, in the order of the manual: the one record of what each means. */
export const CODES = {
  ...LANGUAGE,
  ...FILES,
  ...NAMES,
  ...SECURITY,
  ...HTML,
  ...ACCESS,
  ...PERFORMANCE,
} as const satisfies Record<string, CodeRecord>;

export type Code = keyof typeof CODES;
export type { CodeRecord } from './record';

/** Where the manual speaks of a code; also codes of the upload have a place there. */
export function docsOf(code: string): string {
  return `docs/theme-manual/checks.md#${code.toLowerCase()}`;
}
