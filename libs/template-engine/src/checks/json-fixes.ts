import type { Reporter } from '../diagnostics/reporter';
import type { Diagnostic, Edit } from '../model/diagnostic';
import { removals } from './json-edits';
import { jsonTree, nodeAt, pathAt, type JsonNode } from './json-tree';

/** Adds fixes to findings in JSON files that were made while they were read: orders, and values without a setting. */
export function fixJson(reporter: Reporter): void {
  const files = new Set(
    reporter.list.flatMap((one) =>
      (one.code === 'J_ORDER' || one.code === 'J_VALUE') && one.file.endsWith('.json')
        ? [one.file]
        : [],
    ),
  );
  for (const file of files) fixFile(file, reporter);
}

interface Found {
  readonly index: number;
  readonly finding: Diagnostic;
  readonly path: readonly string[];
}

function fixFile(file: string, reporter: Reporter): void {
  const text = reporter.textOf(file);
  const tree = jsonTree(text);
  const found: Found[] = reporter.list.flatMap((finding, index) => {
    if (finding.file !== file) return [];
    const point = { line: finding.line, column: finding.column - 1 };
    const path = pathAt(tree, reporter.offsetOf(file, point));
    return path ? [{ index, finding, path }] : [];
  });
  const give = ({ index, finding }: Found, fix: readonly Edit[] | undefined) => {
    if (fix) reporter.list[index] = { ...finding, fix };
  };
  for (const one of found)
    if (one.finding.code === 'J_ORDER') give(one, orderFix(text, tree, one.path));
  const dropped = found.filter(
    ({ finding, path }) =>
      finding.code === 'J_VALUE' &&
      // A misspelt name is put right, not taken away with its value.
      finding.suggestion === undefined &&
      finding.message.startsWith(`there is no setting "${path.at(-1)}"`),
  );
  const owners = new Map<string, Found[]>();
  for (const one of dropped) {
    const owner = JSON.stringify(one.path.slice(0, -1));
    owners.set(owner, [...(owners.get(owner) ?? []), one]);
  }
  for (const [owner, ones] of owners) {
    const node = nodeAt(tree, JSON.parse(owner) as string[]);
    const edits = node && removals(node, new Set(ones.map(({ path }) => path.at(-1)!)));
    for (const one of ones) give(one, edits?.get(one.path.at(-1)!));
  }
}

/** The order as it should be: what is known, once, then what was left out. Null order stays with the author. */
function orderFix(text: string, tree: JsonNode, path: readonly string[]): Edit[] | undefined {
  const at = path.findLastIndex((part) => part === 'order' || part === 'block_order');
  if (at === -1) return undefined;
  const order = nodeAt(tree, path.slice(0, at + 1));
  const owner = nodeAt(tree, [...path.slice(0, at), path[at] === 'order' ? 'sections' : 'blocks']);
  if (!order || !owner || text[order.start] !== '[') return undefined;
  const given = JSON.parse(text.slice(order.start, order.end)) as unknown[];
  const known = given.filter((id): id is string => typeof id === 'string' && owner.entries.has(id));
  const ids = [...new Set([...known, ...owner.entries.keys()])];
  return [{ start: order.start, end: order.end, text: JSON.stringify(ids) }];
}
