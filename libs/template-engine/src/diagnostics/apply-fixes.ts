import type { Diagnostic, Edit } from '../model/diagnostic';
import type { ThemeFiles } from '../model/theme-files';

/**
 * Applies the fixes of findings to the theme that they were found in. Pure: gives a new map, in the same order, and the
 * same contents where nothing was to be done. A fix that overlaps an earlier one, or itself, or leads out of its file is
 * left out whole; checking again finds it again.
 */
export function applyFixes(files: ThemeFiles, diagnostics: readonly Diagnostic[]): ThemeFiles {
  const edits = new Map<string, Edit[]>();
  for (const { file, fix } of diagnostics) {
    const text = files.get(file);
    if (!fix || typeof text !== 'string' || !fix.every((edit) => isInside(edit, text))) continue;
    const taken = [...(edits.get(file) ?? [])];
    const free = fix.every((edit) => {
      const alone = !taken.some((other) => overlaps(edit, other));
      taken.push(edit);
      return alone;
    });
    if (free) edits.set(file, taken);
  }
  return new Map(
    [...files].map(([file, content]) => {
      const wanted = edits.get(file);
      return [file, wanted && typeof content === 'string' ? edited(content, wanted) : content];
    }),
  );
}

function isInside({ start, end }: Edit, text: string): boolean {
  return 0 <= start && start <= end && end <= text.length;
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
