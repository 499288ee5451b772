import { storesErrors } from './stores.errors';

const countries = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** @throws stores.unknown-country unless the code is one of ISO 3166-1 alpha-2 */
export function checkCountry(code: string): string {
  const known = /^[A-Z]{2}$/.test(code) && countries.of(code) !== undefined && code !== 'ZZ';
  if (!known) throw storesErrors.error('unknown-country', { country: code }, { field: 'country' });
  return code;
}

/**
 * @param field whose fault it is when the tag is none
 * @returns the tag in its canonical form (`zh-cn` is `zh-CN`); @throws stores.unknown-locale
 */
export function checkLocale(tag: string, field = 'locale'): string {
  try {
    const [canonical] = Intl.getCanonicalLocales(tag);
    if (canonical !== undefined && Intl.DateTimeFormat.supportedLocalesOf(canonical).length > 0) {
      return canonical;
    }
  } catch {
    // A malformed tag throws; it is answered like an unknown one.
  }
  throw storesErrors.error('unknown-locale', { locale: tag }, { field });
}

/** @throws stores.unknown-time-zone unless the machine knows the IANA name */
export function checkTimeZone(name: string): string {
  try {
    Intl.DateTimeFormat('en', { timeZone: name });
    return name;
  } catch (cause) {
    throw storesErrors.error('unknown-time-zone', { timeZone: name }, { cause, field: 'timeZone' });
  }
}
