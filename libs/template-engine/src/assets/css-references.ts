import { tokenize, tokenTypes } from 'css-tree';
import { ASSET_MARK } from '../limits';

/** A file that a style sheet names: its name under `assets/`, and where in the text the address stands, quotes included. */
export interface CssReference {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** True behind `@import` without `url()`, where a quoted text must stay one. */
  readonly bare: boolean;
}

/** What the address of a style sheet leads to: a file beside it, or anything else (null). */
function fileOf(address: string): string | null {
  const plain = address.replace(/[?#][\s\S]*$/, '').replace(/^\.\//, '');
  return plain === '' || /^([a-z][a-z0-9+.-]*:|\/|\\)/i.test(address) ? null : plain;
}

/** The relative addresses of a style sheet: `url(x.woff2)`, `url("x.png")`, `@import "y.css"`. Linear in the text. */
export function cssReferences(css: string): CssReference[] {
  const found: CssReference[] = [];
  let before = '';
  const add = (text: string, start: number, end: number) => {
    const name = fileOf(text.trim());
    if (name !== null) found.push({ name, start, end, bare: before === '@import' });
  };
  tokenize(css, (type, start, end) => {
    if (type === tokenTypes.WhiteSpace || type === tokenTypes.Comment) return;
    const text = css.slice(start, end);
    if (type === tokenTypes.Url) {
      const inner = /^url\(\s*([\s\S]*?)\s*\)?$/i.exec(text)?.[1] ?? '';
      const from = start + text.indexOf(inner, 4);
      add(inner, from, from + inner.length);
    } else if (type === tokenTypes.String && (before === 'url(' || before === '@import'))
      add(text.slice(1, -1), start, end);
    before = type === tokenTypes.String || text.length > 8 ? '' : text.toLowerCase();
  });
  return found;
}

/**
 * A style sheet with its relative addresses replaced.
 * @param address the address of a file of the theme; null leaves what stands there
 */
export function linkCss(css: string, address: (name: string) => string | null): string {
  let out = '';
  let kept = 0;
  for (const { name, start, end, bare } of cssReferences(css)) {
    const url = address(name);
    if (url === null) continue;
    out += css.slice(kept, start) + (bare ? `"${url}"` : url);
    kept = end;
  }
  return out + css.slice(kept);
}

/** Splits a text at its marks: texts at even places, names of files at odd ones. */
export function markedParts(css: string, isAsset: (name: string) => boolean): string[] {
  const clean = css.replaceAll(ASSET_MARK, '');
  const marked = linkCss(clean, (name) =>
    isAsset(name) ? `${ASSET_MARK}${name}${ASSET_MARK}` : null,
  );
  return marked.split(ASSET_MARK);
}
