import type { Expr, Test } from '../compile/ir';
import type { Span } from '../diagnostics/reporter';
import { type Attribute, DYNAMIC, type OpenElement } from './state';

/** An element that is not closed, in words. */
export function unclosed({ name, selfClosed }: OpenElement, what: string): string {
  if (!selfClosed) return `<${name}> ${what}`;
  return `<${name}/> ${what}: browsers skip the slash, write <${name}></${name}>`;
}

/** The first line of a run of text, without the space around it. */
export function placeOfWord(text: string, from: Span['start']): Span {
  const at = text.search(/\S/);
  const before = text.slice(0, at).split('\n');
  const line = from.line + before.length - 1;
  const column = (before.length === 1 ? from.column : 0) + before.at(-1)!.length;
  const length = text.slice(at).split('\n')[0]!.trimEnd().length;
  return { start: { line, column }, end: { line, column: column + length } };
}

/** Says whether an element is hidden from those who listen. */
export function isHidden({ attrs }: OpenElement): boolean {
  return attrs.get('aria-hidden')?.value.trim() === 'true';
}

/** The drawing that a value cuts in. */
export function inlinedName(expr: Expr): string | null {
  const name = expr.op === 'call' && expr.spec.name === 'inline_asset' ? expr.args[0] : undefined;
  return name?.op === 'lit' && typeof name.value === 'string' ? name.value : null;
}

/** Says whether an id is made of nothing that changes from round to round: constants and data of the whole section. */
export function isSameEachRound({ value, others }: Attribute): boolean {
  const read = value.split(DYNAMIC).filter((_, i) => i % 2 === 1);
  return (
    others.length === 0 &&
    read.every((path) => /^(section|block|template|product)\.[a-z_.]+$/.test(path))
  );
}

/** The asset whose address an expression prints; null for any other. */
export function assetOf(expr: Expr): string | null {
  if (expr.op !== 'call' || expr.spec.name !== 'asset_url') return null;
  const name = expr.args[0];
  return name?.op === 'lit' && typeof name.value === 'string' ? name.value : null;
}

/** Says whether a test asks which section of the page, or which round of a loop, this is. */
export function asksForIndex(expr: Expr): boolean {
  if (expr.op === 'lit') return false;
  if (expr.op === 'call') return expr.args.some(asksForIndex);
  return expr.root.at === 'loop' || expr.root.at === 'arg' || expr.path === 'section.index';
}

/**
 * Says whether a test in a loop over the section's blocks holds in one round at most: it asks for a kind of block of which
 * there is but one.
 * @param single types of such blocks
 */
export function isForOneRound({ value, negate, cases }: Test, single: readonly string[]): boolean {
  const equal = value.op === 'call' && value.spec.name === 'eq' && cases === null;
  const [asked, ...among] = equal ? value.args : [value, ...(cases ?? [])];
  const [type, ...more] = among;
  const one = type?.op === 'lit' && more.length === 0 && single.includes(String(type.value));
  return one && !negate && asked?.op === 'get' && asked.path === 'section.blocks[].type';
}
