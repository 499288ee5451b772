import { lexemesOf, type Run, runsOf } from './fold';

/** So many words are looked for; a longer question is a pasted paragraph. */
const mostRuns = 12;

/**
 * The text form of a tsquery for what a person typed: every word must be there, each may be the beginning of a
 * longer one; characters of an unspaced script must follow each other.
 * @param weights of `searchVector`, such as `AB`: only words under one of them are found; all when left out
 * @returns null when nothing in it can be searched
 */
export function searchQuery(typed: string, weights = ''): string | null {
  const runs = runsOf(typed.slice(0, 500)).slice(0, mostRuns);
  return runs.length === 0 ? null : runs.map((run) => condition(run, weights)).join(' & ');
}

function condition(run: Run, weights: string): string {
  const lexemes = lexemesOf(run);
  const prefix = (lexeme: string): string => `'${lexeme}':*${weights}`;
  if (!run.unspaced) return lexemes.map(prefix).join(' & ');
  // A run of several characters is found by its pairs: the lone last one belongs to the end of a text.
  if (lexemes.length === 1) return lexemes.map(prefix).join();
  return `(${lexemes
    .slice(0, -1)
    .map((pair) => (weights === '' ? `'${pair}'` : `'${pair}':${weights}`))
    .join(' <-> ')})`;
}
