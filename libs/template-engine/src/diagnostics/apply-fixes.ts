import type { Diagnostic, Edit } from '../model/diagnostic';
import type { ThemeFiles } from '../model/theme-files';

/**
 * Applies the fixes of findings to the theme that they were found in. Pure: gives a new map, in the same order, and the
 * same contents where nothing was to be done. A fix that overlaps an earlier one is left out whole; checking again
 * finds it again.
 */
export function applyFixes(files: ThemeFiles, diagnostics: readonly Diagnostic[]): ThemeFiles {
  const edits = new Map<string, Edit[]>();
  for (const { file, fix } of diagnostics) {
    if (!fix || fix.length === 0) continue;
    const taken = edits.get(file) ?? [];
    if (fix.some((edit) => taken.some((other) => overlaps(edit, other)))) continue;
    edits.set(file, [...taken, ...fix]);
  }
  return new Map(
    [...files].map(([file, content]) => {
      const wanted = edits.get(file);
      return [file, wanted && typeof content === 'string' ? edited(content, wanted) : content];
    }),
  );
}

/** Insertions at one place overlap, too: which comes first would be chance. */
function overlaps(a: Edit, b: Edit): boolean {
  if (a.start === b.start && (a.start === a.end || b.start === b.end)) return true;
  return a.start < b.end && b.start < a.end;
}

function edited(text: string, edits: readonly Edit[]): string {
  let out = '';
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    out += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return out + text.slice(at);
}
