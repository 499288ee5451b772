import type { Diagnostic, SectionError, ThemeMeta } from '@libs/template-engine';

const look =
  'all:initial;display:block;box-sizing:border-box;margin:8px;padding:16px;border-inline-start:4px solid #dc2626;' +
  'background:#1c1917;color:#fafaf9;font:13px/1.5 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere';

/** Something that is wrong, at a place in the theme. */
type Fault = Pick<Diagnostic, 'file' | 'line' | 'column' | 'code' | 'message'> & {
  frame?: string;
};

/** A card in the place of a section. */
export function sectionCard(id: string, fault: Fault): string {
  return `<section id="s-${escape(id)}" data-section-id="${escape(id)}" role="alert">${card(fault)}</section>`;
}

/** Errors that stand in no section's place: at the foot of the page, as a section of its own that comes and goes. */
export function pageCards(faults: readonly Fault[]): string {
  return cards(faults);
}

function cards(faults: readonly (Fault | string)[]): string {
  const place = 'position:fixed;inset:auto 0 0;z-index:2147483647;max-height:60vh;overflow:auto';
  return `<div data-section-id="caravel-errors" style="${place}">${faults.slice(0, 5).map(card).join('')}</div>`;
}

/** A page for a theme that never compiled, or whose page could not be made: faults in files, or sentences. */
export function faultPage(faults: readonly (Fault | string)[], client: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The page could not be made</title></head><body>${cards(faults)}${client}</body></html>`;
}

function card(fault: Fault | string): string {
  return `<div style="${look}">${escape(typeof fault === 'string' ? fault : textOf(fault))}</div>`;
}

function textOf({ file, line, column, code, message, frame }: Fault): string {
  return `${file}:${line}:${column} ${code}\n${message}${frame ? `\n\n${frame}` : ''}`;
}

/** Puts the cards of sections that failed while they were rendered where the renderer left a comment. */
export function showRenderErrors(html: string, errors: readonly SectionError[]): string {
  return errors.reduce(
    (text, error) =>
      text.replace(`<!-- section ${error.section} could not be shown -->`, () =>
        sectionCard(error.section, error),
      ),
    html,
  );
}

/** The error of each section type that does not compile: its own, or that of a snippet that it uses. */
export function faultsByType(
  meta: ThemeMeta,
  findings: readonly Diagnostic[],
): { types: Map<string, Diagnostic>; others: Diagnostic[] } {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const types = new Map<string, Diagnostic>();
  const placed = new Set<string>();
  for (const { type, file, snippets } of Object.values(meta.sections)) {
    const parts = new Set([file, ...snippets.map((name) => `snippets/${name}.hbs`)]);
    const error = errors.find((one) => parts.has(one.file));
    if (!error) continue;
    types.set(type, error);
    for (const part of parts) placed.add(part);
  }
  return { types, others: errors.filter((error) => !placed.has(error.file)) };
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
