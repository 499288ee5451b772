import { literal } from './generate-expr';

/** Text that is known only when what stands behind it was written. */
export interface Late {
  text: string;
}

/**
 * Constant markup between two values: one text, or one of several by a test that is made where it is printed. Joining
 * texts costs a page more than all else, so what stands before a branch or loop, in it and behind it is joined when it
 * is compiled.
 */
export type Seam = Text | Choice;

interface Text {
  readonly late: Late | null;
  readonly text: string;
}

interface Choice {
  readonly test: string;
  readonly yes: Seam;
  readonly no: Seam;
}

/** How much text one seam may hold, and how many. What does not fit stands beside it. */
const MOST = { chars: 600, texts: 4 } as const;

/** Text that may be written into branches and loops behind it. */
export const MOST_CARRIED = 200;

/** How much longer seams may make one function. */
export const MOST_SPREAD = 8_000;

export const NOTHING: Seam = { late: null, text: '' };

/** A seam of one text. */
export function plain(text: string): Seam {
  return text === '' ? NOTHING : { late: null, text };
}

/** The text of a seam that is one text and known; null of any other. */
export function plainText(seam: Seam): string | null {
  return 'text' in seam && seam.late === null ? seam.text : null;
}

/** One of two, by a test in JavaScript that has no effect. */
export function choice(test: string, yes: Seam, no: Seam): Seam {
  const [a, b] = [plainText(yes), plainText(no)];
  return a !== null && a === b ? yes : { test, yes, no };
}

/** A text that begins with one that comes later. */
export function behind(late: Late): Seam {
  return { late, text: '' };
}

/** The seam with text behind it; null when it does not fit. */
export function append(seam: Seam, text: string): Seam | null {
  if (text === '') return seam;
  if (plainText(seam) === null && sizeOf(seam) + countOf(seam) * text.length > MOST.chars)
    return null;
  return mapTexts(seam, (one) => ({ ...one, text: one.text + text }));
}

/** The seam with one of two texts behind it, by a test; null when it does not fit. */
export function decide(seam: Seam, test: string, ...[yes, no]: [string, string]): Seam | null {
  const texts = countOf(seam) * 2;
  const size = sizeOf(seam) * 2 + countOf(seam) * (yes.length + no.length + test.length);
  if (texts > MOST.texts || size > MOST.chars) return null;
  return mapTexts(seam, (one) =>
    choice(test, { ...one, text: one.text + yes }, { ...one, text: one.text + no }),
  );
}

/** The characters of all its texts. */
export function sizeOf(seam: Seam): number {
  return 'text' in seam ? seam.text.length : sizeOf(seam.yes) + sizeOf(seam.no);
}

/** The JavaScript of a seam, when all of its texts are known. */
export function seamSource(seam: Seam): string {
  if ('text' in seam) return literal((seam.late?.text ?? '') + seam.text);
  const [yes, no] = [seamSource(seam.yes), seamSource(seam.no)];
  return yes === no ? yes : `(${seam.test}?${yes}:${no})`;
}

function countOf(seam: Seam): number {
  return 'text' in seam ? 1 : countOf(seam.yes) + countOf(seam.no);
}

function mapTexts(seam: Seam, change: (text: Text) => Seam): Seam {
  if ('text' in seam) return change(seam);
  return { ...seam, yes: mapTexts(seam.yes, change), no: mapTexts(seam.no, change) };
}
