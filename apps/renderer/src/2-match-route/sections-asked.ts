/** Which sections of a page are asked for instead of the page (theme-format.md, 7.7). */
export interface SectionsAsked {
  /** `?sections=a,b` is answered by JSON, `?section_id=a` by the markup of that one. */
  form: 'json' | 'html';
  /** Each once, in alphabetical order; ids of the page's template or of the groups around it. */
  ids: readonly string[];
}

/** As many as Shopify renders at once. */
const mostSections = 5;

const idPattern = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Reads a list of section ids: `a,b` or a list of texts, as scripts send it.
 * @returns the ids, each once and sorted, so that one wish has one form; null when there are none, more than five, or one that no section can have
 */
export function sectionIds(value: unknown): string[] | null {
  const list: unknown = typeof value === 'string' ? value.split(',') : value;
  if (!Array.isArray(list) || list.length === 0 || list.length > mostSections) return null;
  const ids = list.map((id: unknown) => (typeof id === 'string' ? id.trim() : ''));
  return ids.every((id) => idPattern.test(id)) ? [...new Set(ids)].sort() : null;
}

/**
 * Reads what a page's query says of sections; `sections` wins over `section_id`.
 * @returns null when the whole page is asked for, `malformed` for ids that cannot be read
 */
export function sectionsAsked(query: URLSearchParams): SectionsAsked | 'malformed' | null {
  const several = query.get('sections');
  if (several !== null) {
    const ids = sectionIds(several);
    return ids ? { form: 'json', ids } : 'malformed';
  }
  const single = query.get('section_id');
  if (single === null) return null;
  return idPattern.test(single) ? { form: 'html', ids: [single] } : 'malformed';
}
