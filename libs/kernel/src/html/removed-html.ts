/** One kind of thing that was taken out of HTML. */
export interface RemovedHtml {
  /** The element's name; `comment` for comments, `*` for whatever came after the first hundred kinds. */
  element: string;
  /** The attribute that the element lost, `style: <property>` for a part of its style; null when it went itself. */
  attribute: string | null;
  /** How often. */
  count: number;
}

/** What a writer tells about HTML that it did not keep as it came. */
export interface HtmlWarning {
  /** The field of the input. */
  field: string;
  code: 'html-removed';
  /** A sentence for people. */
  message: string;
  removed: RemovedHtml[];
}

const mostKinds = 100;
const mostNamed = 12;

/** Counts what goes. */
export class Removals {
  private readonly found = new Map<string, RemovedHtml>();

  /** An element that went, or the attribute that it lost. */
  add(element: string, attribute: string | null = null): void {
    const full = this.found.size >= mostKinds && !this.found.has(keyOf(element, attribute));
    const kind = full ? { element: '*', attribute: null } : { element, attribute };
    const key = keyOf(kind.element, kind.attribute);
    const known = this.found.get(key);
    if (known) known.count += 1;
    else
      this.found.set(key, {
        element: shown(kind.element),
        attribute: kind.attribute && shown(kind.attribute),
        count: 1,
      });
  }

  /** What went, in the order in which it was met. */
  list(): RemovedHtml[] {
    return [...this.found.values()];
  }
}

/** What was taken out, as a sentence. @param removed at least one kind */
export function removedText(removed: readonly RemovedHtml[]): string {
  const named = removed.slice(0, mostNamed).map(({ element, attribute, count }) => {
    const what = element === 'comment' ? 'comments' : element === '*' ? 'others' : `<${element}>`;
    const whole = attribute === null ? what : `${attribute} of ${what}`;
    return count === 1 ? whole : `${whole} (${count} times)`;
  });
  const more = removed.length - named.length;
  return `Taken out of the HTML: ${named.join(', ')}${more > 0 ? ` and ${more} more kinds` : ''}.`;
}

function keyOf(element: string, attribute: string | null): string {
  return `${element} ${attribute ?? ''}`;
}

/** A name out of somebody's HTML, fit for a sentence. */
function shown(name: string): string {
  return name.replace(/[^\p{L}\p{N}:_ *-]/gu, '?').slice(0, 60);
}
