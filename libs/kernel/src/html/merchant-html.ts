import type { AppError } from '../errors';
import { htmlErrors } from './html.errors';
import { type HtmlWarning, removedText } from './removed-html';
import { type SanitizedHtml, sanitizeHtml } from './sanitize-html';

/**
 * What a merchant gives, with its fields of HTML as a writer keeps them: sanitised. Every writer of such a field calls
 * it, since pages print them as they are.
 * @param limits the fields of HTML, and the most characters that each may keep; one that is not given stays so
 * @returns the input with other HTML, and a warning per field that lost something
 * @throws html.too-long, html.too-complex, both naming the field
 */
export function merchantHtml<Input extends object>(
  input: Input,
  limits: { readonly [Field in keyof Input]?: number },
): { input: Input; warnings: HtmlWarning[] } {
  const clean = { ...input };
  const warnings: HtmlWarning[] = [];
  for (const field of Object.keys(limits) as (keyof Input & string)[]) {
    const given = input[field];
    if (typeof given !== 'string') continue;
    const { html, removed } = readable(field, given);
    const limit = limits[field] ?? 0;
    if (html.length > limit)
      throw htmlErrors.error('too-long', { length: html.length, limit }, { field });
    Object.assign(clean, { [field]: html });
    if (removed.length > 0)
      warnings.push({ field, code: 'html-removed', message: removedText(removed), removed });
  }
  return { input: clean, warnings };
}

function readable(field: string, given: string): SanitizedHtml {
  try {
    return sanitizeHtml(given);
  } catch (error) {
    if (!htmlErrors.is(error, 'too-complex')) throw error;
    throw htmlErrors.error('too-complex', (error as AppError).params, { field });
  }
}
