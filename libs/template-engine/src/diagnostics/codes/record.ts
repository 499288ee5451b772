import type { Severity } from '../../model/diagnostic';

/** What is known of a code: the documentation, the editor and every check read it here and nowhere else. */
export interface CodeRecord {
  /** The level unless the finding says otherwise. */
  readonly severity: Severity;
  /** What is wrong, in a few words. */
  readonly title: string;
  /** Why it matters and how it is put right. */
  readonly about: string;
  /** The least example that gets the code, and the same put right. */
  readonly bad: string;
  readonly good: string;
  /** Some findings of this code carry a fix that can be applied without looking. */
  readonly fixable: boolean;
}

type Maker = (title: string, about: string, bad: string, good: string) => CodeRecord;

const maker =
  (severity: Severity): Maker =>
  (title, about, bad, good) => ({ severity, title, about, bad, good, fixable: false });

/** A code that blocks publishing. */
export const error = maker('error');
/** A code that is shown and blocks nothing. */
export const warning = maker('warning');
/** A code that is advice. */
export const info = maker('info');

/** The same code, with a fix. */
export function fixable(record: CodeRecord): CodeRecord {
  return { ...record, fixable: true };
}
