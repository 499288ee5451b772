import { type DefaultTreeAdapterTypes, defaultTreeAdapter, html, parseFragment } from 'parse5';
import { htmlErrors } from './html.errors';

/** An element of parsed HTML. */
export type HtmlElement = DefaultTreeAdapterTypes.Element;
/** Anything that stands in one. */
export type HtmlNode = DefaultTreeAdapterTypes.ChildNode;

/** More elements, or more inside each other, than any text has: markup made to exhaust who reads it. */
export const htmlLimits = { elements: 50_000, depth: 200 } as const;

/**
 * Reads HTML as a browser reads it inside a `<div>` of a page that runs scripts.
 * @throws html.too-complex
 */
export function parseHtml(text: string): HtmlNode[] {
  let elements = 0;
  const treeAdapter = {
    ...defaultTreeAdapter,
    // Unclosed elements are opened anew in each paragraph: few characters can make very many elements.
    onItemPush: () => {
      elements += 1;
      if (elements > htmlLimits.elements) throw tooComplex();
    },
  };
  const context = defaultTreeAdapter.createElement('div', html.NS.HTML, []);
  return parseFragment(context, text, { treeAdapter, scriptingEnabled: true }).childNodes;
}

/** The error about HTML beyond the limits. */
export function tooComplex() {
  return htmlErrors.error('too-complex', { ...htmlLimits });
}

/** Whether it is an element of HTML itself, not of SVG or MathML. */
export function isOfHtml({ namespaceURI }: HtmlElement): boolean {
  return namespaceURI === html.NS.HTML;
}
