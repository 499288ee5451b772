import type { SectionError } from '@libs/template-engine';
import { escapeHtml } from '../escape-html';

const look =
  'all:initial;display:block;box-sizing:border-box;margin:8px;padding:16px;border-inline-start:4px solid #dc2626;' +
  'background:#1c1917;color:#fafaf9;font:13px/1.5 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere';

/**
 * Shows in a preview what failed: a card in the place of each section that shoppers see only a comment of, and one at
 * the end of the page for a layout.
 */
export function withErrorCards(html: Buffer, errors: readonly SectionError[]): Buffer {
  if (errors.length === 0) return html;
  const text = errors.reduce((page, error) => {
    if (error.section === '') return page.replace(/(?=<\/body>|$)/i, () => card(error));
    return page.replace(`<!-- section ${error.section} could not be shown -->`, () => card(error));
  }, html.toString());
  return Buffer.from(text);
}

function card({ section, file, line, column, code, message }: SectionError): string {
  const what = section === '' ? 'The layout' : `Section ${section}`;
  const text = `${what} could not be shown\n${file}:${line}:${column} ${code}\n${message}`;
  const id =
    section === '' ? '' : ` id="s-${escapeHtml(section)}" data-section-id="${escapeHtml(section)}"`;
  return `<div${id} role="alert" style="${look}">${escapeHtml(text)}</div>`;
}
