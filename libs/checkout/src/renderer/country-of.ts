const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

const codes = new Map(
  letters.flatMap((first) =>
    letters.flatMap((second): [string, string][] => {
      const code = first + second;
      const name = code === 'ZZ' ? undefined : names.of(code);
      return name === undefined ? [] : [[name.toLowerCase(), code]];
    }),
  ),
);

/** The country that a script means by a code or an English name; null when there is none. */
export function countryOf(text: string): string | null {
  const trimmed = text.trim();
  const code = trimmed.toUpperCase();
  if (/^[A-Z]{2}$/.test(code)) return names.of(code) === undefined || code === 'ZZ' ? null : code;
  return codes.get(trimmed.toLowerCase()) ?? null;
}
