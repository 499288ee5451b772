import type { ShopRequest } from '../shop-request';

/** What a form or a script sent: texts, lists and fields, as JSON has them. */
export type Input = { [name: string]: unknown };

/** Why a body was not read. */
export type Unreadable = 'unsupported' | 'malformed';

/** Deeper names than `items[][properties][Name]` mean nothing. */
const deepest = 4;

type Node = string | Node[] | { [name: string]: Node };

/** Reads a body of JSON, of a form, or of a form with parts; an empty one is an empty form. */
export async function readInput({
  headers,
  body,
}: Pick<ShopRequest, 'headers' | 'body'>): Promise<Input | Unreadable> {
  const type = headers['content-type'] ?? '';
  const [kind = ''] = type.toLowerCase().split(';');
  if (body.length === 0) return {};
  if (kind.trim() === 'application/json') return readJson(body);
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\s*$/.test(kind)) {
    return 'unsupported';
  }
  try {
    const form = await new Response(Uint8Array.from(body), {
      headers: { 'content-type': type },
    }).formData();
    const fields = [...form].filter((field): field is [string, string] => isText(field[1]));
    return nest(fields);
  } catch {
    return 'malformed';
  }
}

/** Reads names with brackets: `properties[Name]`, `updates[]`, `items[][id]`. */
export function nest(fields: Iterable<readonly [name: string, value: string]>): Input {
  let input: Node | undefined;
  for (const [name, value] of fields) input = graft(input, segmentsOf(name), value);
  return isFields(input) ? input : {};
}

function readJson(body: Buffer): Input | 'malformed' {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return isFields(value) ? value : 'malformed';
  } catch {
    return 'malformed';
  }
}

/** A property may be called `Size [cm]`: of these the outer brackets count alone. */
function segmentsOf(name: string): string[] {
  const free = /^(properties|attributes)\[(.+)\]$/s.exec(name);
  if (free) return [free[1] as string, free[2] as string];
  const plain = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name);
  if (!plain) return [name];
  const inner = [...(plain[2] as string).matchAll(/\[([^[\]]*)\]/g)].map(([, part]) => part ?? '');
  return inner.length < deepest ? [plain[1] as string, ...inner] : [name];
}

function graft(node: Node | undefined, [segment, ...rest]: readonly string[], value: string): Node {
  if (segment === undefined) return value;
  if (segment === '') {
    const list = Array.isArray(node) ? node : [];
    const last = list.at(-1);
    // What the last element has already begins another one.
    const goesOn = isFields(last) && !hasPath(last, rest);
    if (goesOn) list[list.length - 1] = graft(last, rest, value);
    else list.push(graft(undefined, rest, value));
    return list;
  }
  // Without a prototype `__proto__` is a name like any other.
  const fields: { [name: string]: Node } = isFields(node) ? node : Object.create(null);
  fields[segment] = graft(fields[segment], rest, value);
  return fields;
}

function hasPath(node: Node | undefined, [segment, ...rest]: readonly string[]): boolean {
  if (segment === undefined || segment === '') return node !== undefined && !Array.isArray(node);
  return isFields(node) && Object.hasOwn(node, segment) && hasPath(node[segment], rest);
}

function isFields<T>(value: T): value is Extract<T, { [name: string]: Node }> & Input {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
