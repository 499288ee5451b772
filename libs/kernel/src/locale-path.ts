/** The languages of a store. */
export interface StoreLocales {
  /** The first one, whose pages have no language in their addresses. */
  locale: string;
  otherLocales: readonly string[];
}

/** What the paths of a store's pages in a language begin with: `/de`, or nothing where the store has it not. */
export function localePath({ locale: first, otherLocales }: StoreLocales, locale: string): string {
  return locale !== first && otherLocales.includes(locale) ? `/${locale}` : '';
}
