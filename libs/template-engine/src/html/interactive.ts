import type { Report } from './findings';
import type { HtmlState, OpenElement } from './state';

const ALWAYS = new Set(['button', 'select', 'textarea', 'iframe', 'embed', 'details', 'label']);

/** Says whether a complete start tag is interactive content by the HTML standard (3.2.5.2.7). */
export function isInteractive({ tag, attrs }: HtmlState): boolean {
  if (ALWAYS.has(tag)) return true;
  if (tag === 'a') return attrs.has('href');
  if (tag === 'input') return attrs.get('type')?.value.toLowerCase() !== 'hidden';
  return (tag === 'audio' || tag === 'video') && attrs.has('controls');
}

/** The open link or button that may hold nothing interactive; a label may hold its field, but no other label. */
function outerInteractive(state: HtmlState): OpenElement | undefined {
  return state.stack.findLast(
    ({ name, attrs }) =>
      name === 'button' ||
      (name === 'a' && attrs.has('href')) ||
      (name === 'label' && state.tag === 'label'),
  );
}

/** The name of what is open and may hold nothing to press, or no form; null when a snippet may stand here whatever it is. */
export function outerPressed({ stack }: HtmlState): string | null {
  const outer = stack.findLast(
    ({ name, attrs }) =>
      name === 'form' || name === 'button' || (name === 'a' && attrs.has('href')),
  );
  return outer?.name ?? null;
}

/** Checks that a start tag stands inside nothing that may not hold it. */
export function checkNesting(state: HtmlState, report: Report): void {
  const { tag, stack, tagLoc } = state;
  if (tag === 'form' && stack.some((element) => element.name === 'form'))
    report(tagLoc, 'H_NESTED_FORM', 'a form stands inside another form');
  const outer = isInteractive(state) ? outerInteractive(state) : undefined;
  if (outer) report(tagLoc, 'H_NESTED_INTERACTIVE', `<${tag}> stands inside <${outer.name}>`);
}
