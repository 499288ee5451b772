import { type DefaultTreeAdapterTypes, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** A page cut at its sections, so that only what changed is sent to the browser. */
export interface PageParts {
  /** Section id to its whole element. */
  sections: Record<string, string>;
  /** What stands between the sections, styles and names of assets taken out; equal texts need no reload. */
  shell: string;
  /** Contents of the style elements outside of sections, in order. */
  styles: string[];
  /** Addresses of style sheets outside of sections, in order. */
  links: string[];
}

/** The hash in an asset's address. */
const assetHash = /(\/cdn\/t\/[\w.~-]+?)\.[0-9a-f]{16}\.css/g;

/** Cuts a page. Sections are told by the wrapper that the renderer gives them. */
export function cutPage(html: string): PageParts {
  const sections: Record<string, string> = {};
  const styles: string[] = [];
  let shell = '';
  let at = 0;
  for (const { start, end, id } of placesIn(html)) {
    const text = html.slice(start, end);
    shell += html.slice(at, start);
    if (id === null) styles.push(text);
    else sections[id] = text;
    shell += `<!--${id ?? 'style'}-->`;
    at = end;
  }
  shell += html.slice(at);
  const links = [...shell.matchAll(assetHash)].map(([link]) => link);
  // The page's own number differs from page to page.
  const plain = shell.replaceAll(assetHash, '$1.css').replace(/data-page="\d+"/, '');
  return { sections, styles, links, shell: plain };
}

/** Where sections, and the contents of styles outside of them, stand in the text; in order. */
function placesIn(html: string): { start: number; end: number; id: string | null }[] {
  const places: { start: number; end: number; id: string | null }[] = [];
  const walk = (node: Node): void => {
    if ('tagName' in node) {
      const id = sectionId(node);
      const where = node.sourceCodeLocation;
      if (id !== null && where) {
        places.push({ start: where.startOffset, end: where.endOffset, id });
        return;
      }
      if (node.tagName === 'style' && where?.startTag && where.endTag) {
        const { endOffset: start } = where.startTag;
        places.push({ start, end: where.endTag.startOffset, id: null });
        return;
      }
    }
    if ('childNodes' in node) for (const child of node.childNodes) walk(child);
  };
  walk(parse(html, { sourceCodeLocationInfo: true }));
  return places.sort((a, b) => a.start - b.start);
}

function sectionId({ attrs }: Element): string | null {
  return attrs.find(({ name }) => name === 'data-section-id')?.value ?? null;
}

/** What a browser that shows one state needs to show another; null for nothing. */
export type Patch =
  | { kind: 'reload' }
  /** It is to ask itself, so that its cookies are known. */
  | { kind: 'ask' }
  | { kind: 'patch'; sections: Record<string, string>; styles: string[] | null; links: string[] };

/** The difference between two states of a page. */
export function patchBetween(before: PageParts, after: PageParts): Patch | null {
  if (before.shell !== after.shell) return { kind: 'reload' };
  const changed = Object.entries(after.sections).filter(
    ([id, html]) => before.sections[id] !== html,
  );
  const styles = before.styles.join('\0') === after.styles.join('\0') ? null : after.styles;
  const links = after.links.filter((link) => !before.links.includes(link));
  if (changed.length === 0 && styles === null && links.length === 0) return null;
  return { kind: 'patch', sections: Object.fromEntries(changed), styles, links };
}
