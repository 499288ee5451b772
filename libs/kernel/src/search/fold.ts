/** Letters that carry their mark inside, so that no decomposition takes it off. */
const inseparable: Readonly<Record<string, string>> = {
  ß: 'ss',
  đ: 'd',
  ð: 'd',
  ø: 'o',
  ł: 'l',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
};

/** Text as it is compared in search: compatibility forms, marks and case are taken off (Größe = grosse). */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[ßđðøłæœþħı]/g, (letter) => inseparable[letter] ?? letter)
    .normalize('NFC');
}

/** A run of text that is searched as a whole: a word of an alphabet, or a run of a script without spaces. */
export interface Run {
  text: string;
  /** Written without spaces between words: found by pairs of characters. */
  unspaced: boolean;
}

const unspacedScript = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー';
const run = new RegExp(`([${unspacedScript}]+)|((?:(?![${unspacedScript}])[\\p{L}\\p{N}])+)`, 'gu');

/** Folds a text and cuts it into its runs. */
export function runsOf(text: string): Run[] {
  const found: Run[] = [];
  for (const [whole, unspaced] of fold(text).matchAll(run)) {
    found.push({ text: whole, unspaced: unspaced !== undefined });
  }
  return found;
}

/**
 * The lexemes of a run in order: a word is one; an unspaced run its overlapping pairs and, since a prefix of one
 * character would miss it otherwise, its last character.
 */
export function lexemesOf({ text, unspaced }: Run): string[] {
  // PostgreSQL refuses lexemes of 2 KB; nobody searches by more than the beginning.
  if (!unspaced) return [text.slice(0, 100)];
  const characters = Array.from(text);
  const pairs = characters.slice(1).map((character, index) => `${characters[index]}${character}`);
  return [...pairs, characters.at(-1) ?? ''];
}
