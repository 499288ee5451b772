import Handlebars from 'handlebars';

interface Node {
  type: string;
  loc?: { start: Position; end: Position } | null;
}
interface Position {
  line: number;
  column: number;
}

/** A part of a text that is one node of its syntax tree. */
interface Part {
  type: string;
  text: string;
  start: number;
  end: number;
}

const read = new Map<string, Part[]>();

/** Every node of a text by kind; none of a text that cannot be read. */
function partsOf(text: string): Part[] {
  const known = read.get(text);
  if (known) return known;
  const parts: Part[] = [];
  try {
    collect(Handlebars.parse(text), text, parts);
  } catch {
    parts.length = 0;
  }
  if (read.size < 2_000) read.set(text, parts);
  return parts;
}

function collect(node: Node, text: string, parts: Part[]): void {
  if (node.loc && node.type !== 'Program' && node.type !== 'ContentStatement') {
    const start = offsetOf(text, node.loc.start);
    const end = offsetOf(text, node.loc.end);
    if (end > start)
      parts.push({ type: kindOf(node.type), text: text.slice(start, end), start, end });
  }
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (typeof child === 'object' && child !== null && 'type' in child) {
        collect(child as Node, text, parts);
      }
    }
  }
}

/** What may stand for each other: statements, and everything that is a value. */
function kindOf(type: string): string {
  return type.endsWith('Statement') ? 'statement' : type === 'HashPair' ? type : 'value';
}

function offsetOf(text: string, { line, column }: Position): number {
  let start = 0;
  for (let i = 1; i < line; i += 1) start = text.indexOf('\n', start) + 1;
  return start + column;
}

/** Puts a node of one text in the place of a node of the same kind in another; the text itself when it has none. */
export function spliceNodes(text: string, other: string, random: () => number): string {
  const own = partsOf(text);
  const place = own[Math.floor(random() * own.length)];
  if (!place) return text;
  const fitting = partsOf(other).filter(({ type }) => type === place.type);
  const taken = fitting[Math.floor(random() * fitting.length)];
  if (!taken) return text;
  return text.slice(0, place.start) + taken.text + text.slice(place.end);
}
