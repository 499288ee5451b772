/** A value of a JSON text with its place: offsets of its first character and behind its last. */
export interface JsonNode {
  readonly start: number;
  end: number;
  /** Where its key begins, in an object. */
  readonly keyStart: number;
  /** Entries of an object by key, or of a list by index. */
  readonly entries: Map<string, JsonNode>;
}

const TOKEN = /\s*(?:([{}[\],:])|("(?:[^"\\]|\\.)*")|([^\s{}[\],:"]+))/gy;

/** The places of all values of a text that is valid JSON; without recursion. */
export function jsonTree(text: string): JsonNode {
  const root: JsonNode = { start: 0, end: text.length, keyStart: 0, entries: new Map() };
  const stack: { node: JsonNode; list: boolean; key: string | null; keyStart: number }[] = [];
  let whole: JsonNode | null = null;
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const token = match[1] ?? match[2] ?? match[3] ?? '';
    const end = TOKEN.lastIndex;
    const start = end - token.length;
    const top = stack.at(-1);
    if (token === ',' || token === ':') continue;
    if (token === '}' || token === ']') {
      stack.pop();
      if (top) top.node.end = end;
      continue;
    }
    if (top && !top.list && top.key === null) {
      top.key = JSON.parse(token) as string;
      top.keyStart = start;
      continue;
    }
    const keyStart = top && !top.list ? top.keyStart : start;
    const node: JsonNode = { start, end, keyStart, entries: new Map() };
    if (top) {
      // Of two entries of one key the last counts; entries stand in the order of the text.
      if (!top.list) top.node.entries.delete(top.key!);
      top.node.entries.set(top.list ? String(top.node.entries.size) : top.key!, node);
      top.key = null;
    }
    whole ??= node;
    if (token === '{' || token === '[')
      stack.push({ node, list: token === '[', key: null, keyStart: 0 });
  }
  return whole ?? root;
}

/** The node of a path, or undefined. */
export function nodeAt(root: JsonNode, path: readonly string[]): JsonNode | undefined {
  let node: JsonNode | undefined = root;
  for (const part of path) node = node?.entries.get(part);
  return node;
}

/** The path of the value that begins at an offset, or null. */
export function pathAt(root: JsonNode, offset: number): string[] | null {
  if (root.start === offset) return [];
  for (const [key, node] of root.entries)
    if (node.start <= offset && offset < node.end) {
      const rest = pathAt(node, offset);
      return rest ? [key, ...rest] : null;
    }
  return null;
}
