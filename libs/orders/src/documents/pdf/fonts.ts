import { readFileSync } from 'node:fs';
import { unpackWoff } from './woff';

/** A family that documents are set in; each knows its own scripts. */
export type Family = 'latin' | 'arabic' | 'chinese';

/** How heavy letters are. */
export type Weight = 'regular' | 'bold';

/** All under the SIL Open Font License, which allows to embed them. */
const files: Readonly<Record<Family, Record<Weight, string>>> = {
  latin: {
    regular: '@expo-google-fonts/ibm-plex-sans/400Regular/IBMPlexSans_400Regular.ttf',
    bold: '@expo-google-fonts/ibm-plex-sans/600SemiBold/IBMPlexSans_600SemiBold.ttf',
  },
  arabic: {
    regular: '@expo-google-fonts/ibm-plex-sans-arabic/400Regular/IBMPlexSansArabic_400Regular.ttf',
    bold: '@expo-google-fonts/ibm-plex-sans-arabic/600SemiBold/IBMPlexSansArabic_600SemiBold.ttf',
  },
  chinese: {
    regular: '@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff',
    bold: '@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-600-normal.woff',
  },
};

const loaded = new Map<string, Buffer>();

/** The bytes of a font, read once. */
export function fontFile(family: Family, weight: Weight): Buffer {
  const path = files[family][weight];
  const known = loaded.get(path);
  if (known) return known;
  const file = readFileSync(require.resolve(path));
  const bytes = path.endsWith('.woff') ? unpackWoff(file) : file;
  loaded.set(path, bytes);
  return bytes;
}

const arabic = /\p{Script=Arabic}/u;
const chinese =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\u3000-\u303f\uff00-\uffef]/u;

/** The family of a character; null for signs that stand in every one and follow what is beside them. */
export function familyOf(character: string): Family | null {
  if (arabic.test(character)) return 'arabic';
  if (chinese.test(character)) return 'chinese';
  return /[\p{L}\p{N}]/u.test(character) ? 'latin' : null;
}
