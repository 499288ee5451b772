import { createTwoFilesPatch } from 'diff';
import { type FileBytes, decodeFile } from './files/theme-folder';

/** What became of a file since the base. */
export type Change = 'same' | 'added' | 'changed' | 'deleted';

/** A file that is not alike in all three. */
export interface ConflictFile {
  path: string;
  /** In this folder, and on the server. */
  here: Change;
  there: Change;
  /** Both sides touched it and they differ. */
  both: boolean;
  /** Unified diffs of texts from the base; from theirs to ours when the base is gone. */
  diffs: string[];
}

/** Three states of a theme; the base may be gone. */
export interface ThreeStates {
  base: FileBytes | null;
  theirs: FileBytes;
  ours: FileBytes;
}

/** A longer diff is cut: it is to be read. */
const mostLines = 80;

/** Compares base, theirs and ours, file by file; files that are alike in theirs and ours are left out. */
export function compareThree({ base, theirs, ours }: ThreeStates): ConflictFile[] {
  const paths = new Set([...(base?.keys() ?? []), ...theirs.keys(), ...ours.keys()]);
  return [...paths].sort().flatMap((path) => {
    const [before, there, here] = [base?.get(path), theirs.get(path), ours.get(path)];
    if (alike(there, here)) return [];
    const began = base === null ? there : before;
    const changes = { here: changeOf(began, here), there: changeOf(before ?? began, there) };
    const both = base !== null && changes.here !== 'same' && changes.there !== 'same';
    const diffs = [
      ...(changes.there === 'same' ? [] : [patch(path, ['base', before], ['theirs', there])]),
      ...(changes.here === 'same'
        ? []
        : [patch(path, base === null ? ['theirs', there] : ['base', before], ['ours', here])]),
    ];
    return [{ path, ...changes, both, diffs }];
  });
}

/** A conflict for people. */
export function formatConflict(files: readonly ConflictFile[]): string {
  const blocks = files.map(({ path, here, there, both, diffs }) => {
    const mark = both ? '!' : ' ';
    return [`${mark} ${path}: here ${here}, there ${there}`, ...diffs].join('\n');
  });
  const clashes = files.filter(({ both }) => both).length;
  return [
    ...blocks,
    `${files.length} files differ, ${clashes} were changed on both sides (!).`,
  ].join('\n\n');
}

function changeOf(before: Buffer | undefined, after: Buffer | undefined): Change {
  if (alike(before, after)) return 'same';
  if (before === undefined) return 'added';
  return after === undefined ? 'deleted' : 'changed';
}

function alike(a: Buffer | undefined, b: Buffer | undefined): boolean {
  return a === undefined || b === undefined ? a === b : a.equals(b);
}

function sizeOf(bytes: Buffer | undefined): string {
  return bytes === undefined ? 'not there' : `${bytes.length} bytes`;
}

type Side = [name: string, bytes: Buffer | undefined];

function patch(path: string, [fromName, from]: Side, [toName, to]: Side): string {
  const [before, after] = [from, to].map((bytes) =>
    bytes === undefined ? '' : decodeFile(path, bytes),
  );
  if (typeof before !== 'string' || typeof after !== 'string') {
    return `  ${fromName}: ${sizeOf(from)}, ${toName}: ${sizeOf(to)}`;
  }
  if (before.replaceAll('\r\n', '\n') === after.replaceAll('\r\n', '\n'))
    return `  ${fromName} and ${toName} differ in their line breaks alone`;
  const names = [`${path} (${fromName})`, `${path} (${toName})`] as const;
  // A system that writes other line breaks changes every line, which nobody could read.
  const text = createTwoFilesPatch(...names, before, after, '', '', { stripTrailingCr: true });
  const lines = text.split('\n').slice(1);
  const rest = lines.length - mostLines;
  return rest > 0
    ? [...lines.slice(0, mostLines), `... ${rest} more lines`].join('\n')
    : lines.join('\n').trimEnd();
}
