import { isCountry } from '@renderer/checkout';

/**
 * The country that a proxy tells. What is no country, such as `XX` for an unknown one and `T1` for Tor, says nothing; nor
 * does a header that came twice, of which one may be the shopper's own.
 * @returns ISO 3166-1 alpha-2, or null
 */
export function toldCountry(header: string | undefined): string | null {
  const code = header?.trim().toUpperCase() ?? '';
  return /^[A-Z]{2}$/.test(code) && isCountry(code) ? code : null;
}
