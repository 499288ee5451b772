import { lexemesOf, type Run, runsOf } from './fold';

/** So many words are looked for; a longer question is a pasted paragraph. */
const mostRuns = 12;

/**
 * The text form of a tsquery for what a person typed: every word must be there, each may be the beginning of a
 * longer one; characters of an unspaced script must follow each other.
 * @returns null when nothing in it can be searched
 */
export function searchQuery(typed: string): string | null {
  const runs = runsOf(typed.slice(0, 500)).slice(0, mostRuns);
  return runs.length === 0 ? null : runs.map(condition).join(' & ');
}

function condition(run: Run): string {
  if (!run.unspaced) return lexemesOf(run).map(prefix).join(' & ');
  const lexemes = lexemesOf(run);
  // A run of several characters is found by its pairs: the lone last one belongs to the end of a text.
  if (lexemes.length === 1) return lexemes.map(prefix).join();
  return `(${lexemes
    .slice(0, -1)
    .map((pair) => `'${pair}'`)
    .join(' <-> ')})`;
}

function prefix(lexeme: string): string {
  return `'${lexeme}':*`;
}
