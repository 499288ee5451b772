import { type Reporter, type Span, spanOfOffset } from '../diagnostics/reporter';
import { LIMITS } from '../limits';
import { cssReferences } from './css-references';

/** Text of a file that may have come as bytes. */
export function textOf(content: string | Uint8Array | undefined): string {
  return typeof content === 'string' ? content : Buffer.from(content ?? '').toString('utf8');
}

/** Reports relative addresses of a style sheet that lead to no file of the theme; `at` is where the text begins in its file. */
export function checkCssReferences(
  of: { readonly file: string; readonly full: string; readonly css: string; readonly at: number },
  names: ReadonlySet<string>,
  reporter: Reporter,
): void {
  for (const { name, start } of cssReferences(of.css)) {
    if (names.has(name)) continue;
    reporter.add(
      of.file,
      spanOfOffset(of.full, of.at + start),
      'F_MISSING_ASSET',
      `there is no assets/${name.slice(0, 80)}`,
      { suggest: { name, among: names } },
    );
  }
}

/** A file that cuts others in. */
interface Inlining {
  readonly file: string;
  readonly facts: {
    readonly inlined: readonly { readonly name: string; readonly loc: Span }[];
  };
}

/** Checks what `inline_asset` cuts in: kind, size, and that it cannot leave its place or run. */
export function checkInlined(
  files: readonly Inlining[],
  assets: ReadonlyMap<string, string | Uint8Array>,
  reporter: Reporter,
): void {
  for (const { file, facts } of files)
    for (const { name, loc } of facts.inlined) {
      const text = textOf(assets.get(name));
      const size = Buffer.byteLength(text);
      if (!/\.(svg|css)$/.test(name))
        reporter.add(file, loc, 'E_ARGS', 'inline_asset takes a .css or .svg file');
      else if (size > LIMITS.inlineAssetBytes)
        reporter.add(
          file,
          loc,
          'E_TOO_LARGE',
          `assets/${name} has ${size} bytes; inline_asset takes ${LIMITS.inlineAssetBytes}`,
        );
      const harm = name.endsWith('.css')
        ? /<\/style|<!--/i
        : /<script|[\s"'/]on[a-z]+\s*=|javascript:|<foreignObject/i;
      const at = text.search(harm);
      if (at !== -1)
        reporter.add(
          `assets/${name}`,
          spanOfOffset(text, at),
          'S_INLINE_HANDLER',
          'this cannot be cut into a page: it holds script or ends its element',
        );
    }
}

/** Checks a style sheet under `assets/`. */
export function checkStyleSheet(
  name: string,
  content: string | Uint8Array,
  names: ReadonlySet<string>,
  reporter: Reporter,
): void {
  const css = textOf(content);
  checkCssReferences({ file: `assets/${name}`, full: css, css, at: 0 }, names, reporter);
}
