import bidiFactory from 'bidi-js';
import { type Family, familyOf } from './fonts';

const bidi = bidiFactory();

/** A piece of a line in one family, as it is drawn from left to right. */
export interface Run {
  family: Family;
  /** In the order in which it is read; the family's shaper turns Arabic letters round. */
  text: string;
}

interface Piece extends Run {
  level: number;
}

/** What makes a line one that reads from the right; a telephone number or a foreign address stays as it is. */
const turns = /[\p{Script=Arabic}\p{Script=Hebrew}\u200f]/u;

/** Marks that say where a text goes and are not drawn. */
const marks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/**
 * The pieces of a line from left to right, by the Unicode Bidirectional Algorithm. Pure.
 * @param rightToLeft where the line begins
 */
export function visualOrder(text: string, rightToLeft: boolean): Run[] {
  const base = rightToLeft && turns.test(text) ? 'rtl' : 'ltr';
  const { levels } = bidi.getEmbeddingLevels(text, base);
  const mirrored = bidi.getMirroredCharactersMap(text, levels);
  const pieces: Piece[] = [];
  let at = 0;
  for (const character of text) {
    const index = at;
    at += character.length;
    if (marks.test(character)) continue;
    const level = levels[index] ?? 0;
    const family = familyOf(character) ?? (level % 2 === 1 ? 'arabic' : 'latin');
    const drawn = mirrored.get(index) ?? character;
    const last = pieces.at(-1);
    if (last && last.level === level && last.family === family) last.text += drawn;
    else pieces.push({ family, level, text: drawn });
  }
  return joined(reorder(pieces)).map(({ family, level, text: own }) => ({
    family,
    // The shaper turns round what it knows to be Arabic; signs alone it takes for left to right.
    text: level % 2 === 1 && !/\p{Script=Arabic}/u.test(own) ? [...own].reverse().join('') : own,
  }));
}

/** What reads from the left and stands together is one piece, whatever isolated its parts. */
function joined(pieces: readonly Piece[]): Piece[] {
  const whole: Piece[] = [];
  for (const piece of pieces) {
    const last = whole.at(-1);
    const together = last?.family === piece.family && last.level % 2 === 0 && piece.level % 2 === 0;
    if (last && together) last.text += piece.text;
    else whole.push({ ...piece });
  }
  return whole;
}

/** Rule L2: from the highest level to the lowest odd one, turn round what stands together at that level or above. */
function reorder(pieces: readonly Piece[]): Piece[] {
  const ordered = [...pieces];
  const highest = Math.max(0, ...ordered.map(({ level }) => level));
  for (let level = highest; level > 0; level--) {
    let start = 0;
    while (start < ordered.length) {
      let end = start;
      while ((ordered[end]?.level ?? -1) >= level) end++;
      if (end > start) ordered.splice(start, end - start, ...ordered.slice(start, end).reverse());
      start = end + 1;
    }
  }
  return ordered;
}
