import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { OPTIONAL_END, VOID } from '../html/state';

/**
 * What the tokenizer of the HTML standard complains of and no browser shows: a shopper's text can cause it, and the
 * tree that is built is the one that was written.
 */
const HARMLESS = new Set([
  'control-character-in-input-stream',
  'noncharacter-in-input-stream',
  'surrogate-in-input-stream',
  'unknown-named-character-reference',
  'missing-semicolon-after-character-reference',
  'non-void-html-element-start-tag-with-trailing-solidus',
]);

/** Elements that the parser may put in by itself. */
const IMPLIED = new Set(['html', 'head', 'body', 'tbody', 'colgroup', 'tr']);

/** A fault of a page: what, and where in its text. */
export interface Fault {
  readonly what: string;
  readonly at: number;
}

/**
 * The first fault of a page by the HTML standard's own parser, or null: a complaint of its tokenizer, an element that
 * was never closed, or one that only a stray end tag made. The parser repairs both silently.
 */
export function firstFault(html: string): Fault | null {
  const faults: Fault[] = [];
  const document = parse(html, {
    sourceCodeLocationInfo: true,
    onParseError: ({ code, startOffset }) => {
      if (!HARMLESS.has(code)) faults.push({ what: code.replaceAll('-', ' '), at: startOffset });
    },
  });
  let last = 0;
  const queue: DefaultTreeAdapterTypes.ChildNode[] = [...document.childNodes].reverse();
  for (let node = queue.pop(); node; node = queue.pop()) {
    last = node.sourceCodeLocation?.startOffset ?? last;
    if (!('tagName' in node)) continue;
    const fault = faultOf(node);
    if (fault) faults.push({ what: fault, at: last });
    const inside = node.tagName === 'template' && 'content' in node ? node.content : node;
    queue.push(...inside.childNodes.toReversed());
  }
  return faults.toSorted((a, b) => a.at - b.at)[0] ?? null;
}

function faultOf(element: DefaultTreeAdapterTypes.Element): string | null {
  const { tagName, namespaceURI, sourceCodeLocation: place } = element;
  if (!place) return IMPLIED.has(tagName) ? null : `</${tagName}> closes nothing`;
  const drawn = !namespaceURI.endsWith('/xhtml');
  if (place.endTag || drawn || VOID.has(tagName) || OPTIONAL_END.has(tagName)) return null;
  return `<${tagName}> is never closed`;
}
