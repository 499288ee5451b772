import { allCountries } from 'country-region-data';

/** A country and its states or provinces by their ISO 3166-2 codes, without the country's. */
type Regions = ReadonlyMap<string, { code: string; name: string }[]>;

const regions: Regions = new Map(
  allCountries.map(([, country, provinces]) => [
    country,
    provinces.map(([name, code]) => ({ code, name })),
  ]),
);

/** Countries whose post writes a code or one of few names; elsewhere people type what they are used to. */
const chosenProvinces = new Set('AE AU BR CA CN ES ID IN IT JP KR MX MY PH TH US'.split(' '));

/** Every country, ISO 3166-1 alpha-2. */
export const countries: readonly string[] = [...regions.keys()];

/** Whether there is such a country. */
export function isCountry(code: string): boolean {
  return regions.has(code);
}

/** The provinces that a shopper chooses from; null where the field is typed freely. */
export function provincesOf(country: string): { code: string; name: string }[] | null {
  const known = regions.get(country) ?? [];
  return chosenProvinces.has(country) && known.length > 0 ? known : null;
}

/** A province's name; what was typed where there are no codes. */
export function provinceName(country: string, province: string): string {
  return regions.get(country)?.find(({ code }) => code === province)?.name ?? province;
}

/** The code of a province that is named by its code or its name; what was typed where there are no codes to choose. */
export function provinceNamed(country: string, text: string): string {
  const wanted = text.toLowerCase();
  const found = provincesOf(country)?.find(
    ({ code, name }) => code.toLowerCase() === wanted || name.toLowerCase() === wanted,
  );
  return found?.code ?? text;
}

/** The countries in the words and the order of a language. */
export function namedCountries(
  locale: string,
  among: readonly string[] = countries,
): { code: string; name: string }[] {
  const names = new Intl.DisplayNames([locale, 'en'], { type: 'region' });
  const { compare } = new Intl.Collator([locale, 'en']);
  return among
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .sort((a, b) => compare(a.name, b.name));
}
