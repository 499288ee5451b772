import { HtmlPrinter } from './print-html';
import { parseHtml, tooComplex } from './parse-html';
import { Removals, type RemovedHtml } from './removed-html';

/** HTML that may stand in any page of a shop, and what it lost on the way. */
export interface SanitizedHtml {
  html: string;
  removed: RemovedHtml[];
}

/** Markup made to change its meaning with each reading settles within a few; what does not is refused. */
const mostReadings = 8;

/**
 * Takes out of a merchant's HTML whatever could run, leave its place or pass itself off as the shop's own, and writes
 * the rest as the HTML that browsers make of it: complete elements, quoted attributes. Texts, tables, pictures, films of
 * known hosts and harmless styles stay; docs/merchants/storefront.md lists them. Its own result is never changed again.
 * @throws html.too-complex
 */
export function sanitizeHtml(dirty: string): SanitizedHtml {
  if (!/[<>&\0\r\u00a0\ud800-\udfff]/.test(dirty)) return { html: dirty, removed: [] };
  const removals = new Removals();
  let html = dirty.replace(/\p{Surrogate}/gu, '\ufffd');
  for (let reading = 0; reading < mostReadings; reading += 1) {
    const next = new HtmlPrinter(removals).print(parseHtml(html));
    // A browser reads the result as it was written, or it would not be the result.
    if (next === html) return { html, removed: removals.list() };
    html = next;
  }
  throw tooComplex();
}
