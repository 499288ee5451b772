import { DYNAMIC, type HtmlState, OPTIONAL_END } from './state';

/** Values of an attribute by branches that are followed; beyond them the shortest are, which are the least safe. */
const MOST_VALUES = 16;

/** Inside a tag, not inside a value. */
const NAMES = new Set(['tag-name', 'tag', 'joined', 'spaced', 'attr-name', 'after-name']);

/**
 * Why the ways through a block do not fit together, or null. With one way only, or a loop, the state before is a way,
 * too.
 */
export function mismatch(
  name: string,
  before: HtmlState,
  ends: readonly HtmlState[],
): string | null {
  const [first, second = before] = ends;
  if (!first) return null;
  const differ = (a: HtmlState, b: HtmlState) => keyOf(a) !== keyOf(b);
  if (differ(first, second))
    return `the branches of {{#${name}}} leave different HTML open: ${pair(first, second)}`;
  if (name === 'each' && differ(first, before))
    return `{{#each}} leaves other HTML open than it found: ${pair(first, before)}`;
  return null;
}

/** Says whether ways end within a tag, one of them behind a name that the others do not end with. */
function cutsNames(ends: readonly HtmlState[]): boolean {
  const name = ({ mode, attr }: HtmlState) =>
    mode === 'attr-name' || mode === 'after-name' ? `${mode} ${attr}` : mode;
  return NAMES.has(ends[0]?.mode ?? '') && new Set(ends.map(name)).size > 1;
}

/**
 * Goes on behind a block, knowing all that each way through it left.
 * @param endName ends the name of an attribute in a state
 */
export function join(
  state: HtmlState,
  ends: readonly HtmlState[],
  endName: (end: HtmlState) => void,
): void {
  const [first] = ends;
  if (!first) return;
  const mode = cutsNames(ends) ? behindNames(ends) : first.mode;
  if (cutsNames(ends)) ends.forEach(endName);
  const kinds = ends.map((end) => end.valueKind).filter((kind) => kind !== '');
  const open = first.mode === 'value' || first.mode === 'unquoted';
  const values = new Set(ends.flatMap((end) => (end.others.length > 0 ? end.others : [end.value])));
  const value = ends.find((end) => end.value !== state.value)?.value ?? first.value;
  Object.assign(state, first, {
    mode,
    way: state.way,
    heading: Math.max(...ends.map((end) => end.heading)),
    attrs: new Map(ends.flatMap((end) => [...end.attrs])),
    unsure: ends.some((end) => end.unsure),
    valueKind: kinds.find((kind) => kind !== 'url') ?? kinds[0] ?? '',
    value: open && values.size > 1 ? value + DYNAMIC : value,
    others: open && values.size > 1 ? shortest(values) : [],
    code: ends.map((end) => end.code).toSorted((a, b) => b.length - a.length)[0]!,
    // The shortest beginning of a comment is nearest to being an include.
    pending: ends.map((end) => end.pending).toSorted((a, b) => a.length - b.length)[0]!,
  });
}

function shortest(values: ReadonlySet<string>): string[] {
  return [...values].toSorted((a, b) => a.length - b.length).slice(0, MOST_VALUES);
}

/** How to go on where a name ended on some ways: with no more of it, or only with no value for it. */
function behindNames(ends: readonly HtmlState[]): HtmlState['mode'] {
  return ends.some((end) => ['tag-name', 'attr-name', 'joined'].includes(end.mode))
    ? 'joined'
    : 'spaced';
}

/** Equal for states that the same text continues alike. */
function keyOf(state: HtmlState): string {
  const { mode, tag, attr, quote, raw, pending } = state;
  const open = openIn(state);
  if (NAMES.has(mode)) return `${open} tag ${tag}`;
  switch (mode) {
    case 'data':
    case 'tag-open':
      return `${open} ${mode}`;
    case 'raw':
      return `${open} raw ${raw} ${/<[^<]*$/.exec(pending)?.[0] ?? ''}`;
    case 'comment':
      return `${open} comment ${/(?:--!|-*)$/.exec(pending.slice(2))?.[0]}`;
    case 'markup':
      return `${open} markup ${pending}`;
    case 'end-tag':
      return `${open} end-tag ${tag}`;
    default:
      return `${open} ${mode} ${tag} ${attr} ${mode === 'value' ? quote : ''}`;
  }
}

/** Names of the elements that some way left open which stood not open before, or closed of those that did. */
export function openedIn(before: HtmlState, ends: readonly HtmlState[]): string[] {
  const known = new Set(before.stack);
  const opened = ends.flatMap((end) => end.stack.filter((element) => !known.has(element)));
  const closed = before.stack.filter((element) => ends.some((end) => !end.stack.includes(element)));
  return [...opened, ...closed].map((element) => element.name);
}

function openIn(state: HtmlState): string {
  const open = state.stack.filter((element) => !OPTIONAL_END.has(element.name));
  return `[${open.map((element) => element.name).join(' ')}]`;
}

/** What two ways leave open, in words. */
function pair(a: HtmlState, b: HtmlState): string {
  const [first, second] = [describe(a), describe(b)];
  if (first !== second) return `${first} and ${second}`;
  return `${first} (${a.mode}) and ${second} (${b.mode})`;
}

function describe(state: HtmlState): string {
  const open = openIn(state);
  if (state.mode === 'data') return open;
  if (['value', 'unquoted', 'before-value'].includes(state.mode))
    return `${open} in ${state.attr}=`;
  if (state.mode === 'comment' || state.mode === 'markup') return `${open} in a comment`;
  return `${open} in <${state.raw || state.tag}>`;
}
