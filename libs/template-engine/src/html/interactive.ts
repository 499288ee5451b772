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
export function outerInteractive(state: HtmlState): OpenElement | undefined {
  return state.stack.findLast(
    ({ name, attrs }) =>
      name === 'button' ||
      (name === 'a' && attrs.has('href')) ||
      (name === 'label' && state.tag === 'label'),
  );
}
