import type { IncomingMessage } from 'node:http';

/** Sections that a script asks for, apart from their page. */
export interface SectionRequest {
  /** The page's path with its query, without what asks for sections. */
  path: string;
  ids: string[];
  /** One section's markup instead of JSON. */
  single: boolean;
}

/** What the Section Rendering API takes at once. */
const mostSections = 5;

/** Reads `?sections=a,b` or `?section_id=a` of a page's address; null when it asks for neither. */
export function sectionRequest(url: string): SectionRequest | null {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const several = searchParams.get('sections');
  const one = searchParams.get('section_id');
  if (several === null && one === null) return null;
  // What stands at these addresses is sections alone: there is no page without them.
  if (!/\/(search\/suggest|recommendations\/products)$/.test(pathname)) {
    searchParams.delete('sections');
    searchParams.delete('section_id');
  }
  const query = searchParams.toString();
  const ids = (several ?? one ?? '').split(',').slice(0, mostSections);
  return {
    path: query === '' ? pathname : `${pathname}?${query}`,
    ids,
    single: several === null,
  };
}

/**
 * Says whether a page of the theme is asked for. A browser says so itself; programs that take anything mean a page
 * unless the path has an ending or belongs to the platform.
 */
export function isPageRequest({ method, headers, url = '/' }: IncomingMessage): boolean {
  if (method !== 'GET' || /^\/(cdn|media|_caravel)\//.test(url)) return false;
  const { accept = '*/*' } = headers;
  if (accept.includes('text/html')) return true;
  return accept.includes('*/*') && !/\.\w+$/.test(url.split('?')[0] ?? '');
}

/** The cart as a shopper has it after an answer: what the answer sets goes before what the browser sent. */
export function cookieAfter(sent: string | undefined, set: readonly string[]): string | undefined {
  const pairs = [...(sent?.split('; ') ?? []), ...set.map((one) => one.split(';')[0] ?? '')];
  const byName = new Map(pairs.map((pair) => [pair.split('=')[0], pair]));
  return byName.size === 0 ? undefined : [...byName.values()].join('; ');
}

/** Sections that a verb of the cart is asked to answer with. */
export interface CartSections {
  ids: string[];
  /** The page that they are of; absent: the one that asks. */
  path: string | null;
}

/** Reads from a request for scripts (`/cart/add.js`...) which sections it wants; null for none. */
export async function cartSections(
  { method, url = '', headers }: IncomingMessage,
  body: Buffer,
): Promise<CartSections | null> {
  if (method !== 'POST' || !/\/cart\/\w+\.js(\?|$)/.test(url)) return null;
  const type = headers['content-type'] ?? '';
  const fields = await fieldsOf(type, body).catch(() => ({}));
  const { sections, sections_url: path }: Record<string, unknown> = fields;
  const ids = Array.isArray(sections) ? sections : text(sections).split(',');
  const named = ids.map(text).filter((id) => id !== '');
  return named.length === 0
    ? null
    : { ids: named.slice(0, mostSections), path: text(path) || null };
}

async function fieldsOf(type: string, body: Buffer): Promise<Record<string, unknown>> {
  const request = new Response(new Uint8Array(body), { headers: { 'content-type': type } });
  if (type.includes('json')) return (await request.json()) as Record<string, unknown>;
  const form = await request.formData();
  return { sections: form.get('sections'), sections_url: form.get('sections_url') };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
