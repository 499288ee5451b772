import type { Expr } from '../compile/ir';
import type { HtmlFacts } from './facts';
import type { Report } from './findings';
import { isInteractive } from './interactive';
import { isSameEachRound } from './look';
import { type Attribute, DYNAMIC, type HtmlState } from './state';

/** Attributes whose words are ids of other elements. */
const REFERENCES = ['aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns'];

/** Notes of a start tag its id, the ids that it speaks of, and that it is something to press. */
export function noteLinks(
  state: HtmlState,
  facts: HtmlFacts,
  { loops, pastHeader }: { readonly loops: number; readonly pastHeader: boolean },
  report: Report,
): void {
  const { attrs, tag, way } = state;
  const id = attrs.get('id');
  if (id && id.value !== '') {
    if (!id.value.includes(DYNAMIC)) facts.ids.add(id.value);
    for (const value of [id.value, ...id.others]) facts.named.push(value);
    if (loops === 0) noteId(id, way, facts, report);
    else if (isSameEachRound(id))
      report(
        id.loc,
        'H_DUP_ID_IN_LOOP',
        `every round of the loop prints the same id: put {{@index}} or something of the item into it`,
      );
  }
  const href = attrs.get('href')?.value ?? '';
  if (tag === 'a' && /^#./.test(href) && !pastHeader) facts.skipTargets.push(href.slice(1));
  if (way === '' && (isInteractive(state) || tag === 'form')) facts.elements.add(tag);
  const target = attrs.get('for');
  if (tag === 'label' && target) noteReference('for', target, facts);
  for (const name of REFERENCES) {
    const attr = attrs.get(name);
    if (attr) noteReference(name, attr, facts);
  }
}

/** Notes an id that a helper writes. */
export function noteWrittenId(expr: Expr | undefined, facts: HtmlFacts): void {
  if (expr) facts.named.push(textOf(expr));
}

/** What a value prints as far as it is constant, with marks around the rest: the path of what is read, if there is one. */
export function textOf(expr: Expr): string {
  if (expr.op === 'lit') return String(expr.value ?? '');
  if (expr.op === 'get') {
    const from = expr.path ?? JSON.stringify(expr.root);
    return `${DYNAMIC}${from}.${expr.parts.join('.')}${DYNAMIC}`;
  }
  const [first, second] = expr.args;
  if (first && second) {
    if (expr.spec.name === 'append') return textOf(first) + textOf(second);
    if (expr.spec.name === 'prepend') return textOf(second) + textOf(first);
  }
  return DYNAMIC + DYNAMIC;
}

/** Two elements have one id when what is printed is the same and whoever meets the one meets the other. */
function noteId(id: Attribute, way: string, facts: HtmlFacts, report: Report): void {
  const read = id.value.split(DYNAMIC).filter((_, i) => i % 2 === 1);
  if (id.others.length > 0 || read.includes('')) return;
  const before = facts.placed.get(id.value) ?? [];
  if (before.some((other) => way.startsWith(other) || other.startsWith(way)))
    report(
      id.loc,
      'H_DUP_ID',
      'an element before has the same id: labels and anchors find the first',
    );
  facts.placed.set(id.value, [...before, way]);
}

function noteReference(attr: string, { value, others, loc }: Attribute, facts: HtmlFacts): void {
  if (others.length > 0) return;
  for (const word of attr === 'for' ? [value] : value.split(/\s+/))
    if (word !== '') facts.references.push({ attr, value: word, loc });
}
