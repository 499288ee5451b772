import { parse, type DefaultTreeAdapterTypes } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;

/**
 * A page as a tree in one spelling: entities read, white space between words made one space and dropped around
 * elements, attributes in order of their names, comments gone. Two pages that a browser shows alike become one text.
 */
export function normalise(page: string): string {
  return write(parse(page));
}

function write(node: Node): string {
  if (node.nodeName === '#text') {
    const { value } = node as DefaultTreeAdapterTypes.TextNode;
    return value.replace(/\s+/g, ' ').trim();
  }
  const children = 'childNodes' in node ? join(node.childNodes) : '';
  if (!('tagName' in node)) return children;
  const attributes = node.attrs
    .map(({ name, value }) => ` ${name}=${JSON.stringify(value.replace(/\s+/g, ' ').trim())}`)
    .sort()
    .join('');
  return `<${node.tagName}${attributes}>\n${children}\n</${node.tagName}>`;
}

/** Texts that stand side by side, as React's comments leave them, are one text. */
function join(nodes: readonly Node[]): string {
  const whole: Node[] = [];
  for (const node of nodes.filter(({ nodeName }) => nodeName !== '#comment')) {
    const last = whole.at(-1);
    if (node.nodeName === '#text' && last?.nodeName === '#text') {
      const [a, b] = [last, node] as DefaultTreeAdapterTypes.TextNode[];
      whole[whole.length - 1] = { ...a, value: (a?.value ?? '') + (b?.value ?? '') } as Node;
    } else whole.push(node);
  }
  return whole
    .map(write)
    .filter((text) => text !== '')
    .join('\n');
}
