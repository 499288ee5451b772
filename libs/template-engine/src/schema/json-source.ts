import type { Json } from '../context/view';
import type { Code } from '../diagnostics/codes';
import { type Reporter, type Span, spanOfOffset, spanOfRange } from '../diagnostics/reporter';
import { LIMITS } from '../limits';
import type { Severity } from '../model/diagnostic';
import { jsonFault } from './json-fault';

/** A JSON text of a theme with the place of every value, so that findings can point at it. */
export class JsonSource {
  private constructor(
    readonly file: string,
    readonly value: Json,
    private readonly text: {
      readonly full: string;
      readonly offset: number;
      readonly places: ReadonlyMap<string, number>;
    },
    private readonly reporter: Reporter,
  ) {}

  /** Reads JSON that stands in a file from an offset on; null, with a finding, when it is not JSON or no theme's. */
  static read(file: string, part: Part, reporter: Reporter): JsonSource | null {
    let value: Json;
    try {
      value = JSON.parse(part.text) as Json;
    } catch {
      reportFault(file, part, reporter);
      return null;
    }
    const found = locate(part.text);
    if ('code' in found) {
      const span = spanOfOffset(part.full, part.offset + found.at);
      reporter.add(file, span, found.code, found.message);
      return null;
    }
    for (const { key, at } of found.twice)
      reporter.add(
        file,
        tokenAt(part.full, part.offset + at),
        'J_DUP_KEY',
        `"${key.slice(0, 80)}" stands twice in this object: only the last counts`,
      );
    const text = { full: part.full, offset: part.offset, places: found.places };
    return new JsonSource(file, value, text, reporter);
  }

  /** Adds a finding at a JSON pointer (`/settings/0/id`), or at the nearest parent that exists. */
  report(pointer: string, code: Code, message: string, extra: Meant = {}): void {
    let at = pointer;
    while (at !== '' && !this.text.places.has(at)) at = at.slice(0, at.lastIndexOf('/'));
    const span = tokenAt(this.text.full, this.text.offset + (this.text.places.get(at) ?? 0));
    this.reporter.add(this.file, span, code, message, {
      pointer,
      severity: extra.severity,
      ...(extra.among && { suggest: { name: '', known: [], ...extra, among: extra.among } }),
    });
  }
}

/** A name that is not known, and what it may stand for. */
interface Meant {
  readonly name?: string;
  readonly among?: Iterable<string>;
  readonly known?: readonly string[];
  readonly severity?: Severity;
}

interface Part {
  readonly full: string;
  readonly text: string;
  readonly offset: number;
}

function reportFault(file: string, { full, text, offset }: Part, reporter: Reporter): void {
  const { start, end, message, fix } = jsonFault(text) ?? {
    start: text.trimEnd().length,
    end: text.length,
    message: 'this is no JSON',
  };
  const span = spanOfRange(full, offset + start, offset + end);
  const edits = fix && [{ ...fix, start: offset + fix.start, end: offset + fix.end }];
  reporter.add(file, span, 'J_SYNTAX', `not JSON: ${message}`, { fix: edits });
}

const VALUE = /"(?:[^"\\]|\\.)*"|[^\s{}[\],:"]+/y;

/** The place of a text, number or word that begins at an offset; of an object or list its bracket. */
function tokenAt(full: string, at: number): Span {
  VALUE.lastIndex = at;
  return spanOfRange(full, at, VALUE.test(full) ? VALUE.lastIndex : at + 1);
}

const TOKEN = /\s*(?:([{}[\],:])|("(?:[^"\\]|\\.)*")|([^\s{}[\],:"]+))/gy;

interface Frame {
  readonly path: string;
  readonly list: boolean;
  readonly keys: Set<string>;
  index: number;
  key: string;
}

/** What no JSON of a theme may hold. */
interface Fault {
  readonly code: Extract<Code, 'E_TOO_DEEP' | 'E_NUMBER' | 'E_NAME'>;
  readonly at: number;
  readonly message: string;
}

/** What a valid JSON text holds. */
interface Located {
  /** Offsets of all values, by pointer. */
  readonly places: ReadonlyMap<string, number>;
  /** Keys that their object has already. */
  readonly twice: readonly { readonly key: string; readonly at: number }[];
}

/**
 * Offsets of all values of a valid JSON text, by pointer; without recursion. The pointers of a text are as long together
 * as it is deep and wide, so its depth and names have limits.
 */
function locate(text: string): Located | Fault {
  const places = new Map<string, number>();
  const twice: { key: string; at: number }[] = [];
  const stack: Frame[] = [];
  let wantsKey = false;
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const sign = match[1] ?? '';
    const top = stack.at(-1);
    const start = TOKEN.lastIndex - (match[1] ?? match[2] ?? match[3] ?? '').length;
    if (sign === ',') {
      if (top) top.index++;
      wantsKey = top ? !top.list : false;
    } else if (sign === ':') wantsKey = false;
    else if (sign === '}' || sign === ']') {
      stack.pop();
      wantsKey = false;
    } else if (wantsKey && match[2] !== undefined && top) {
      top.key = JSON.parse(match[2]) as string;
      if (top.keys.has(top.key)) twice.push({ key: top.key, at: start });
      top.keys.add(top.key);
    } else {
      const path = top ? `${top.path}/${top.list ? top.index : top.key}` : '';
      places.set(path, start);
      if (sign === '{' || sign === '[')
        stack.push({ path, list: sign === '[', keys: new Set(), index: 0, key: '' });
      wantsKey = sign === '{';
    }
    const fault = faultOf(stack, match[3]);
    if (fault) return { ...fault, at: start };
  }
  return { places, twice };
}

/** What is wrong where reading has come to: deep in so many values, at that number, `true`, `false` or `null`. */
function faultOf(stack: readonly Frame[], plain: string | undefined): Omit<Fault, 'at'> | null {
  if (stack.length > LIMITS.jsonDepth)
    return { code: 'E_TOO_DEEP', message: `JSON is at most ${LIMITS.jsonDepth} levels deep` };
  if (plain !== undefined && /^-?\d/.test(plain) && !Number.isFinite(Number(plain)))
    return { code: 'E_NUMBER', message: 'this number is too large' };
  if ((stack.at(-1)?.key.length ?? 0) > LIMITS.jsonKeyChars)
    return { code: 'E_NAME', message: `a name has at most ${LIMITS.jsonKeyChars} characters` };
  // An object would take it for what it inherits from.
  if (stack.at(-1)?.key === '__proto__')
    return { code: 'E_NAME', message: 'the name "__proto__" is reserved' };
  return null;
}
