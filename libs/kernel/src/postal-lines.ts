import { formatAddress } from 'localized-address-format';

/** An address as it is put on a label. */
export interface PostalAddress {
  name: string;
  company?: string;
  address1: string;
  address2?: string;
  zip?: string;
  city: string;
  province?: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
}

/** Where people who write their own script begin with the largest part; in Latin letters they end on it. */
const largestFirst = new Set(['CN', 'HK', 'JP', 'KR', 'MO', 'TW']);
const ownScript = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Whether an address is written in a script whose addresses begin with the largest part. */
export function isLargestFirst({
  country,
  address1,
  city,
}: Pick<PostalAddress, 'country' | 'address1' | 'city'>): boolean {
  return largestFirst.has(country) && ownScript.test(address1 + city);
}

/**
 * The lines of an address as its country's post has them. The country stands last, and first where the reader's language
 * and the address both begin with the largest part.
 * @param locale the reader's language, in which the country is named
 */
export function postalLines(address: PostalAddress, locale: string): string[] {
  const { name, company, zip, city, province, country } = address;
  const largest = isLargestFirst(address);
  const lines = formatAddress(
    {
      postalCountry: country,
      name,
      organization: company,
      addressLines: streetLines(address, largest),
      postalCode: zip,
      locality: city,
      // A city that is its own province, such as Beijing, is named once.
      administrativeArea: province === city ? undefined : province,
    },
    largest || !largestFirst.has(country) ? 'local' : 'latin',
  )
    // After a second line of the street, the format of Japan begins one with a comma.
    .map((line) => line.replace(/^[,\s]+/, ''))
    .filter((line) => line !== '');
  const place = new Intl.DisplayNames([locale, 'en'], { type: 'region' }).of(country) ?? country;
  return largest && /^(zh|ja|ko)\b/.test(locale) ? [place, ...lines] : [...lines, place];
}

/** The format of Japan has no city: it is a part of the street there. */
function streetLines(
  { address1, address2, city, country }: PostalAddress,
  largest: boolean,
): string[] {
  const street = [address1, ...(address2 === undefined ? [] : [address2])];
  if (country !== 'JP' || city === '') return street;
  return largest ? [city + address1, ...street.slice(1)] : [...street, city];
}
