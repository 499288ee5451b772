import { textOf } from '../assets/check-assets';
import { nameCode } from '../html/check-access';
import type { ThemeView } from './theme';

/** Buttons and links that hold nothing but snippets and drawings of which none can be read out. */
export function checkNames(theme: ThemeView): void {
  const { files, source, reporter } = theme;
  const byFile = new Map(files.map((file) => [file.unit.file, file]));
  const known = new Map<string, boolean>();
  const speaks = (part: string): boolean => {
    const before = known.get(part);
    if (before !== undefined) return before;
    // Circles are told elsewhere; what cannot be read may speak.
    known.set(part, true);
    const file = byFile.get(part);
    const heard = part.startsWith('assets/')
      ? /<(title|text)\b|aria-label/.test(textOf(source.assets.get(part.slice(7))))
      : !file || file.html.speaks || [...file.html.parts].some(speaks);
    known.set(part, heard);
    return heard;
  };
  for (const { unit, html } of files)
    for (const { loc, tag, parts } of html.nameless)
      if (![...parts].some(speaks))
        reporter.add(
          unit.file,
          loc,
          nameCode(tag),
          `<${tag}> has neither text nor aria-label: ${[...parts].join(', ')} cannot be read out`,
        );
}
