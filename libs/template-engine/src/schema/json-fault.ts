import type { Edit } from '../model/diagnostic';

/** Why a text is no JSON, in words for somebody who wrote it by hand. */
export interface JsonFault {
  /** Offsets of what is wrong. */
  readonly start: number;
  readonly end: number;
  readonly message: string;
  /** The edit that puts it right, where nothing has to be decided. */
  readonly fix?: Edit;
}

/** Kinds of pieces, tried in this order; a text that is not sound is one of the last three. */
const PIECES: readonly (readonly [kind: string, form: RegExp])[] = [
  ['space', /[ \t\r\n]+/y],
  ['sign', /[{}[\],:]/y],
  // oxlint-disable-next-line no-control-regex -- a text of JSON holds none of them
  ['text', /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y],
  ['plain', /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y],
  ['comment', /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y],
  ['broken text', /"(?:[^"\\\n]|\\.)*"?/y],
  ['word', /[^\s{}[\],:"]+/y],
];

interface Piece {
  readonly kind: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What may come next: a value, a key, the colon behind a key, or a comma. `first` is right behind the bracket. */
type Wants = 'value' | 'key' | 'colon' | 'comma';

interface Open {
  readonly piece: Piece;
  readonly list: boolean;
}

/**
 * The first fault of a text that JSON.parse refuses; null when none is seen. The engine's own words name no place for
 * half of all mistakes, and count lines from the beginning of the JSON, not of its file.
 */
export function jsonFault(text: string): JsonFault | null {
  if (text.startsWith('\uFEFF'))
    return {
      start: 0,
      end: 1,
      message: 'a byte order mark stands before the JSON: save the file as UTF-8 without it',
      fix: { start: 0, end: 1, text: '' },
    };
  return new Reader(text).fault();
}

class Reader {
  private readonly open: Open[] = [];
  private wants: Wants = 'value';
  private first = false;
  private before: Piece | null = null;

  constructor(private readonly text: string) {}

  fault(): JsonFault | null {
    for (let at = 0; at < this.text.length;) {
      const piece = this.piece(at);
      at = piece.end;
      if (piece.kind === 'space') continue;
      const wrong = strange(piece) ?? this.take(piece);
      if (wrong) return wrong;
      this.before = piece;
    }
    const left = this.open.at(-1);
    if (left) return fault(left.piece, `this ${left.piece.text} is never closed`);
    return this.before === null
      ? { start: 0, end: 1, message: 'there is no JSON here: write at least {}' }
      : null;
  }

  private piece(start: number): Piece {
    for (const [kind, form] of PIECES) {
      form.lastIndex = start;
      const text = form.exec(this.text)?.[0];
      if (text) return { kind, text, start, end: start + text.length };
    }
    return { kind: 'word', text: this.text[start]!, start, end: start + 1 };
  }

  private take(piece: Piece): JsonFault | null {
    const { first } = this;
    this.first = false;
    const around = this.open.at(-1);
    if (piece.text === '}' || piece.text === ']') return this.close(piece, around, first);
    if (this.wants === 'comma') return this.behindValue(piece, around);
    if (this.wants === 'colon') {
      if (piece.text !== ':') return fault(piece, 'a colon is missing between name and value');
      this.wants = 'value';
      return null;
    }
    if (piece.text === ',' || piece.text === ':')
      return fault(piece, `a ${this.wants === 'key' ? 'name' : 'value'} is missing before this`);
    if (this.wants === 'key') {
      this.wants = 'colon';
      return piece.kind === 'text' ? null : fault(piece, 'a name in double quotes stands here');
    }
    if (piece.kind === 'sign') {
      const list = piece.text === '[';
      this.open.push({ piece, list });
      this.wants = list ? 'value' : 'key';
      this.first = true;
    } else this.wants = 'comma';
    return null;
  }

  private close(piece: Piece, around: Open | undefined, first: boolean): JsonFault | null {
    if (!around) return fault(piece, `this ${piece.text} closes nothing`);
    if (around.list !== (piece.text === ']'))
      return fault(around.piece, `this ${around.piece.text} is closed by ${piece.text}`);
    const { before } = this;
    if (before?.text === ',')
      return {
        ...fault(before, 'a comma stands behind the last entry'),
        fix: { start: before.start, end: before.end, text: '' },
      };
    if (this.wants !== 'comma' && !first) return fault(piece, 'a value is missing before this');
    this.open.pop();
    this.wants = 'comma';
    return null;
  }

  private behindValue(piece: Piece, around: Open | undefined): JsonFault | null {
    if (!around) return fault(piece, 'nothing may stand behind the end of the JSON');
    if (piece.text === ',') {
      this.wants = around.list ? 'value' : 'key';
      return null;
    }
    const end = this.before?.end ?? piece.start;
    return { start: end - 1, end, message: 'a comma is missing behind this' };
  }
}

function fault({ start, end }: Piece, message: string): JsonFault {
  return { start, end, message };
}

/** A piece that stands nowhere in JSON. */
function strange(piece: Piece): JsonFault | null {
  const { kind, text } = piece;
  if (kind === 'comment') return fault(piece, 'JSON has no comments: take this one out');
  if (kind === 'broken text') return fault(piece, brokenText(text));
  if (kind !== 'word') return null;
  if (/^\s$/.test(text)) return fault(piece, 'this space is none of JSON: write an ordinary one');
  if (/^['\u2018-\u201f`]/.test(text))
    return fault(piece, 'texts stand in straight double quotes: "…"');
  const meant = { True: 'true', False: 'false', None: 'null', undefined: 'null', nil: 'null' }[
    text
  ];
  if (meant !== undefined) return fault(piece, `JSON has no ${text}: write ${meant}`);
  if (/^[+.\d-]/.test(text)) return fault(piece, `${text.slice(0, 40)} is no number of JSON`);
  return fault(piece, 'names and texts stand in double quotes');
}

function brokenText(text: string): string {
  if (!/^"(?:[^"\\]|\\.)*"$/.test(text))
    return 'this text is not closed on its line: a line break is written \\n';
  const escape = /\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})./.exec(text)?.[0];
  return escape
    ? `${escape} is no escape of JSON: a backslash is written \\\\`
    : 'a text holds no control characters: a tab is written \\t';
}
