import type { Edit } from '../model/diagnostic';
import type { JsonNode } from './json-tree';

/**
 * Edits that take entries out of an object, by key, with the commas that go with them. Made for a set, since the comma
 * of one entry depends on which others stay. When nothing stays, the first edit empties the object.
 */
export function removals(node: JsonNode, keys: ReadonlySet<string>): Map<string, Edit[]> {
  const entries = [...node.entries];
  const edits = new Map<string, Edit[]>();
  if (entries.every(([key]) => keys.has(key))) {
    const first = entries[0]?.[0];
    if (first !== undefined)
      edits.set(first, [{ start: node.start + 1, end: node.end - 1, text: '' }]);
    return edits;
  }
  let kept = false;
  for (const [i, [key, entry]] of entries.entries()) {
    if (!keys.has(key)) kept = true;
    else if (kept) edits.set(key, [{ start: entries[i - 1]![1].end, end: entry.end, text: '' }]);
    else edits.set(key, [{ start: entry.keyStart, end: entries[i + 1]![1].keyStart, text: '' }]);
  }
  return edits;
}
