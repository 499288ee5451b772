import type { Json } from '../context/view';
import type { Code } from '../diagnostics/codes';
import { type Reporter, spanOfOffset } from '../diagnostics/reporter';
import { LIMITS } from '../limits';

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
  static read(
    file: string,
    part: { readonly full: string; readonly text: string; readonly offset: number },
    reporter: Reporter,
  ): JsonSource | null {
    try {
      const value = JSON.parse(part.text) as Json;
      const places = locate(part.text);
      if ('code' in places) {
        const span = spanOfOffset(part.full, part.offset + places.at);
        reporter.add(file, span, places.code, places.message);
        return null;
      }
      const text = { full: part.full, offset: part.offset, places };
      return new JsonSource(file, value, text, reporter);
    } catch (error) {
      const text = error instanceof Error ? error.message : '';
      const at = Number(/position (\d+)/.exec(text)?.[1] ?? part.text.trimEnd().length);
      reporter.add(
        file,
        spanOfOffset(part.full, part.offset + at),
        'J_SYNTAX',
        `not JSON: ${text.slice(0, 160)}`,
      );
      return null;
    }
  }

  /** Adds a finding at a JSON pointer (`/settings/0/id`), or at the nearest parent that exists. */
  report(
    pointer: string,
    code: Code,
    message: string,
    suggest?: { name: string; among: Iterable<string> },
  ): void {
    let at = pointer;
    while (at !== '' && !this.text.places.has(at)) at = at.slice(0, at.lastIndexOf('/'));
    const span = spanOfOffset(this.text.full, this.text.offset + (this.text.places.get(at) ?? 0));
    this.reporter.add(this.file, span, code, message, { pointer, ...(suggest && { suggest }) });
  }
}

const TOKEN = /\s*(?:([{}[\],:])|("(?:[^"\\]|\\.)*")|([^\s{}[\],:"]+))/gy;

interface Frame {
  readonly path: string;
  readonly list: boolean;
  index: number;
  key: string;
}

/** What no JSON of a theme may hold. */
interface Fault {
  readonly code: Extract<Code, 'E_TOO_DEEP' | 'E_NUMBER' | 'E_NAME'>;
  readonly at: number;
  readonly message: string;
}

/**
 * Offsets of all values of a valid JSON text, by pointer; without recursion. The pointers of a text are as long together
 * as it is deep and wide, so its depth and names have limits.
 */
function locate(text: string): Map<string, number> | Fault {
  const places = new Map<string, number>();
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
    } else if (wantsKey && match[2] !== undefined && top) top.key = JSON.parse(match[2]) as string;
    else {
      const path = top ? `${top.path}/${top.list ? top.index : top.key}` : '';
      places.set(path, start);
      if (sign === '{' || sign === '[') stack.push({ path, list: sign === '[', index: 0, key: '' });
      wantsKey = sign === '{';
    }
    const fault = faultOf(stack, match[3]);
    if (fault) return { ...fault, at: start };
  }
  return places;
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
