export { type SanitizedHtml, sanitizeHtml } from './sanitize-html';
export type { HtmlWarning, RemovedHtml } from './removed-html';
export { merchantHtml } from './merchant-html';
export { htmlErrors } from './html.errors';
