/** One `{{...}}` of a source, found by a linear scan that never recurses. */
export interface Tag {
  readonly start: number;
  readonly end: number;
  /** `comment`, `raw` for `{{{{`, else the sign behind the braces: `#`, `/`, `^`, `>`, `*`, `&`, `{` or empty. */
  readonly sign: string;
  /** The first word: `if`, `else`, `product.title`. */
  readonly word: string;
  /** Deepest nesting of parentheses inside. */
  readonly depth: number;
  readonly closed: boolean;
}

/** Lists the tags of a source, comments included; one that is not closed ends where the next begins. */
export function* scanTags(source: string): Generator<Tag> {
  let at = 0;
  for (;;) {
    const start = source.indexOf('{{', at);
    if (start === -1) return;
    if (source[start - 1] === '\\' && source[start - 2] !== '\\') {
      at = start + 2;
      continue;
    }
    const tag =
      source[start + 2] === '!' || source.startsWith('~!', start + 2)
        ? readComment(source, start)
        : readTag(source, start);
    yield tag;
    if (tag.end >= source.length) return;
    at = tag.end;
  }
}

function readComment(source: string, start: number): Tag {
  const long = /^\{\{~?!--/.test(source.slice(start, start + 6));
  const rest = long ? source.slice(start).search(/--~?\}\}/) : source.indexOf('}}', start) - start;
  if (rest < 0)
    return { start, end: source.length, sign: 'comment', word: '', depth: 0, closed: false };
  const end = source.indexOf('}}', start + rest) + 2;
  return { start, end, sign: 'comment', word: '', depth: 0, closed: true };
}

function readTag(source: string, start: number): Tag {
  if (source.startsWith('{{{{', start))
    return { start, end: start + 4, sign: 'raw', word: '', depth: 0, closed: true };
  const triple = source.startsWith('{{{', start);
  const head = /^\{\{\{?~?\s*([#/^>*&]?)([*>]?)\s*([^\s~}()|"']*)/.exec(
    source.slice(start, start + 200),
  )!;
  let depth = 0;
  let deepest = 0;
  let at = start + (triple ? 3 : 2);
  for (; at < source.length; at++) {
    const char = source[at];
    if (char === '"' || char === "'") {
      const close = closingQuote(source, at, char);
      if (close === -1) break;
      at = close;
    } else if (char === '(') deepest = Math.max(deepest, ++depth);
    else if (char === ')') depth--;
    else if (char === '}' && source[at + 1] === '}') {
      const end = at + (triple && source[at + 2] === '}' ? 3 : 2);
      const sign = triple ? '{' : head[1]! + head[2]!;
      return { start, end, sign, word: head[3]!, depth: deepest, closed: true };
    } else if (char === '{' && source[at + 1] === '{') break;
  }
  return {
    start,
    end: source[at] === '{' ? at : source.length,
    sign: head[1]!,
    word: head[3]!,
    depth: deepest,
    closed: false,
  };
}

function closingQuote(source: string, from: number, quote: string): number {
  let at = source.indexOf(quote, from + 1);
  while (at !== -1 && source[at - 1] === '\\') at = source.indexOf(quote, at + 1);
  return at;
}
