import { linkAddress, fileAddress, pictureAddress, playerAddress, srcsetOf } from './addresses';
import { type AttributeKind, VOID, fateOf, kindOf } from './allowed-html';
import { cleanStyle } from './inline-style';
import { type HtmlElement, type HtmlNode, htmlLimits, isOfHtml, tooComplex } from './parse-html';
import type { Removals } from './removed-html';

/**
 * Ids and links to them within the text get this before them: an id of the page's own, or a name that a script asks the
 * window for, cannot be taken.
 */
export const ID_PREFIX = 'content-';

/** What a film's player may do. It runs in its own origin, so that `allow-same-origin` opens nothing of the shop. */
const PLAYER_RIGHTS = [
  ['sandbox', 'allow-scripts allow-same-origin allow-presentation allow-popups'],
  ['allow', 'autoplay; encrypted-media; fullscreen; picture-in-picture'],
  ['referrerpolicy', 'strict-origin-when-cross-origin'],
] as const;
const PLAYER_TEXTS: ReadonlySet<string> = new Set(
  'title width height class align frameborder allowfullscreen loading'.split(' '),
);
const PLAYER_OWN: ReadonlySet<string> = new Set(['src', ...PLAYER_RIGHTS.map(([name]) => name)]);

/** Writes what may stay of parsed HTML, and counts what may not. */
export class HtmlPrinter {
  private readonly out: string[] = [];
  private ids: ReadonlySet<string> = new Set();

  constructor(private readonly removals: Removals) {}

  /** @throws html.too-complex */
  print(nodes: readonly HtmlNode[]): string {
    this.ids = idsIn(nodes);
    this.nodes(nodes, 0);
    return this.out.join('');
  }

  private nodes(nodes: readonly HtmlNode[], depth: number): void {
    if (depth > htmlLimits.depth) throw tooComplex();
    for (const node of nodes) {
      if ('value' in node) this.out.push(escaped(node.value));
      else if ('tagName' in node) this.element(node, depth);
      else if (node.nodeName === '#comment') this.removals.add('comment');
    }
  }

  private element(element: HtmlElement, depth: number): void {
    const { tagName, childNodes } = element;
    const fate = isOfHtml(element) ? fateOf(tagName) : 'dropped';
    if (tagName === 'iframe') this.player(element);
    else if (fate !== 'kept') this.removals.add(tagName);
    if (fate === 'dropped') return;
    if (fate === 'kept') this.startTag(tagName, this.attributesOf(element));
    const [first] = childNodes;
    // The line end right after <pre> is not part of its text (HTML, 13.2.6.4.7).
    if (tagName === 'pre' && first && 'value' in first && first.value.startsWith('\n'))
      this.out.push('\n');
    this.nodes(childNodes, depth + 1);
    if (fate === 'kept' && !VOID.has(tagName)) this.out.push(`</${tagName}>`);
  }

  private startTag(name: string, attributes: ReadonlyMap<string, string>): void {
    this.out.push(`<${name}`);
    for (const [attribute, value] of attributes) this.out.push(` ${attribute}="${quoted(value)}"`);
    this.out.push('>');
  }

  private attributesOf({ tagName, attrs }: HtmlElement): Map<string, string> {
    const kept = new Map<string, string>();
    for (const { name, value } of attrs) {
      // An anchor of old times: a name is what an id is today.
      if (tagName === 'a' && name === 'name' && value.trim() !== '')
        kept.set('id', prefixed(value));
      else {
        const kind = kindOf(tagName, name);
        const clean = kind === null ? null : this.valueOf(kind, value, tagName);
        if (clean === null) this.removals.add(tagName, name);
        else if (clean !== '' || kind !== 'style') kept.set(name, clean);
      }
    }
    if (kept.get('target') === '_blank')
      kept.set('rel', relOf(`${kept.get('rel') ?? ''} noopener`));
    return kept;
  }

  /** The value as it may stand; null when the attribute goes. */
  private valueOf(kind: AttributeKind, value: string, tagName: string): string | null {
    switch (kind) {
      case 'id':
        return value.trim() === '' ? null : prefixed(value);
      case 'ids':
        return wordsOf(value)
          .map((id) => (this.ids.has(id) ? prefixed(id) : id))
          .join(' ');
      case 'link':
        return this.linkOf(value);
      case 'address':
        return fileAddress(value);
      case 'picture':
        return pictureAddress(value);
      case 'srcset':
        return srcsetOf(value);
      case 'style':
        return this.styleOf(value, tagName);
      case 'target':
        return /^_(blank|self|top|parent)$/i.test(value) ? value.toLowerCase() : null;
      case 'rel':
        return relOf(value);
      default:
        return value;
    }
  }

  private linkOf(value: string): string | null {
    const inside = value.startsWith('#') ? value.slice(1) : '';
    return this.ids.has(inside) ? `#${prefixed(inside)}` : linkAddress(value);
  }

  private styleOf(value: string, tagName: string): string {
    const { css, removed } = cleanStyle(value);
    for (const property of removed) this.removals.add(tagName, `style: ${property}`);
    return css;
  }

  private player({ attrs }: HtmlElement): void {
    const src = playerAddress(attrs.find(({ name }) => name === 'src')?.value ?? '');
    if (src === null) return this.removals.add('iframe');
    const kept = new Map([['src', src], ...PLAYER_RIGHTS, ['loading', 'lazy']]);
    for (const { name, value } of attrs) {
      if (name === 'style') kept.set(name, this.styleOf(value, 'iframe'));
      else if (PLAYER_TEXTS.has(name)) kept.set(name, value);
      else if (!PLAYER_OWN.has(name)) this.removals.add('iframe', name);
    }
    if (kept.get('style') === '') kept.delete('style');
    this.startTag('iframe', kept);
    this.out.push('</iframe>');
  }
}

function idsIn(nodes: readonly HtmlNode[]): Set<string> {
  const ids = new Set<string>();
  const queue = [...nodes];
  for (let node = queue.pop(); node; node = queue.pop()) {
    if (!('tagName' in node)) continue;
    for (const { name, value } of node.attrs)
      if (name === 'id' || (name === 'name' && node.tagName === 'a')) ids.add(value.trim());
    for (const child of node.childNodes) queue.push(child);
  }
  ids.delete('');
  return ids;
}

function prefixed(id: string): string {
  const trimmed = id.trim();
  return trimmed.startsWith(ID_PREFIX) ? trimmed : `${ID_PREFIX}${trimmed}`;
}

function relOf(value: string): string {
  return [...new Set(wordsOf(value.toLowerCase()))]
    .filter((word) => /^[a-z-]+$/.test(word))
    .join(' ');
}

function wordsOf(value: string): string[] {
  return value.split(/\s+/).filter((word) => word !== '');
}

/** A value in its quotes, in which no way of reading finds a tag. */
function quoted(value: string): string {
  return escaped(value).replaceAll('"', '&quot;');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('\u00a0', '&nbsp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
