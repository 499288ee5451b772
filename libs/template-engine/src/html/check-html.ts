import type { Expr, Role, Step } from '../compile/ir';
import type { Reporter, Span } from '../diagnostics/reporter';
import { checkNamed, checkTag, lacksLabel, type Report, URL_ATTRS } from './check-tag';
import { placeOf } from './check-print';
import {
  DYNAMIC,
  endsBefore,
  fork,
  type HtmlState,
  type OpenElement,
  OPTIONAL_END,
  startState,
  VOID,
} from './state';
import { type HtmlEvents, Tokenizer } from './tokenizer';

/** Walks a file's statements with an HTML tokenizer: sets every place, checks balance, safety and access. */
export function checkHtml(
  file: string,
  role: Role,
  steps: readonly Step[],
  reporter: Reporter,
): void {
  new HtmlCheck(role, (loc, code, message) => reporter.add(file, loc, code, message)).run(steps);
}

interface Field {
  readonly id: string | undefined;
  readonly loc: Span;
}

class HtmlCheck implements HtmlEvents {
  private readonly tokenizer = new Tokenizer(this);
  private readonly fields: Field[] = [];
  private readonly labels = new Set<string>();
  private callsOthers = false;

  constructor(
    private readonly role: Role,
    private readonly report: Report,
  ) {}

  run(steps: readonly Step[]): void {
    const state = startState();
    this.steps(state, steps);
    const inTag = !['data', 'comment', 'markup'].includes(state.mode);
    if (inTag && state.mode !== 'raw')
      this.report(state.tagLoc, 'H_UNCLOSED', `this tag is never closed with >`);
    for (const element of state.stack)
      if (!OPTIONAL_END.has(element.name))
        this.report(element.loc, 'H_UNCLOSED', `<${element.name}> is never closed`);
    this.reportFields();
  }

  private reportFields(): void {
    for (const field of this.fields) {
      const elsewhere = this.role === 'snippet' || (field.id !== undefined && this.callsOthers);
      if (elsewhere || (field.id !== undefined && this.labels.has(field.id))) continue;
      this.report(field.loc, 'A_LABEL', 'this field needs a <label for>, or aria-label');
    }
  }

  private steps(state: HtmlState, steps: readonly Step[]): void {
    for (const step of steps) this.step(state, step);
  }

  private step(state: HtmlState, step: Step): void {
    switch (step.op) {
      case 'text':
        return this.tokenizer.feed(state, step.value, step.loc);
      case 'print':
        step.place.mode = placeOf(state, step.expr, step.escaped, this.report);
        return this.printed(state, step.expr);
      case 'snippet':
        return this.snippet(state, step.loc);
      case 'if':
        return this.branches(state, step.name, step.loc, [step.body, step.else]);
      case 'each':
      case 'with':
        return this.branches(state, step.op, step.loc, [step.body, step.else]);
      case 'form':
        return this.form(state, step);
      case 'paginate':
        return this.branches(state, step.op, step.loc, [step.body]);
      default:
        if (state.mode !== 'data')
          this.report(step.loc, 'E_PLACE', 'this stands between elements only');
        this.callsOthers = true;
        this.text(state);
    }
  }

  private snippet(state: HtmlState, loc: Span): void {
    this.callsOthers = true;
    if (state.mode === 'data') return this.text(state);
    const url =
      state.mode === 'value' &&
      (URL_ATTRS.has(state.attr) || state.attr.startsWith('on') || state.attr === 'style');
    if (state.mode === 'value' && !url) {
      state.value += DYNAMIC;
      return;
    }
    if (state.mode === 'raw' && state.raw !== 'script' && state.raw !== 'style') return;
    this.report(
      loc,
      'E_PLACE',
      'a snippet stands between elements, or inside an ordinary quoted attribute',
    );
  }

  private printed(state: HtmlState, expr: Expr): void {
    if (state.mode === 'data') return this.text(state);
    if (state.mode === 'raw' && (state.raw === 'title' || state.raw === 'textarea'))
      this.text(state);
    if (state.mode === 'tag') state.unsure = true;
    if (state.mode === 'before-value') Object.assign(state, { mode: 'unquoted', value: DYNAMIC });
    else if (state.mode === 'value' || state.mode === 'unquoted') {
      if (state.valueKind === '') state.valueKind = expr.kind.replace('?', '');
      state.value +=
        DYNAMIC +
        (expr.op === 'get'
          ? `${expr.path ?? JSON.stringify(expr.root)}.${expr.parts.join('.')}`
          : '') +
        DYNAMIC;
    }
  }

  private form(state: HtmlState, step: Extract<Step, { op: 'form' }>): void {
    if (state.mode !== 'data')
      this.report(step.loc, 'E_PLACE', '{{#form}} stands between elements only');
    if (state.stack.some((element) => element.name === 'form'))
      this.report(step.loc, 'H_NESTED_FORM', 'a form stands inside another form');
    const element = { name: 'form', loc: step.loc, attrs: new Map(), unsure: true, named: true };
    state.stack.push(element);
    this.branches(state, 'form', step.loc, [step.body]);
    state.stack = state.stack.filter((one) => one !== element);
  }

  /** Every way through a block must leave the markup as the others do; none taken counts as a way, too. */
  private branches(
    state: HtmlState,
    name: string,
    loc: Span,
    ways: readonly (readonly Step[])[],
  ): void {
    const ends = ways.map((way) => {
      const copy = fork(state);
      this.steps(copy, way);
      return copy;
    });
    const [first, ...others] = ends;
    const all = ways.length === 1 ? [state] : others;
    for (const other of all) {
      const [a, b] = [describe(first!), describe(other)];
      if (a === b) continue;
      this.report(
        loc,
        'H_BRANCH_MISMATCH',
        `the branches of {{#${name}}} leave different HTML open: ${a} and ${b}`,
      );
      return;
    }
    const loop = name === 'each' && describe(first!) !== describe(state);
    if (loop)
      this.report(
        loc,
        'H_BRANCH_MISMATCH',
        `{{#each}} leaves other HTML open than it found: ${describe(first!)} and ${describe(state)}`,
      );
    this.adopt(state, ends);
  }

  private adopt(state: HtmlState, ends: readonly HtmlState[]): void {
    const value = ends.find((end) => end.value !== state.value)?.value ?? ends[0]!.value;
    const attrs = new Map(ends.flatMap((end) => [...end.attrs]));
    const unsure = ends.some((end) => end.unsure);
    const valueKind = ends.map((end) => end.valueKind).find((kind) => kind !== '') ?? '';
    const dynamic = ends.some((end) => end.value !== ends[0]!.value) && state.mode === 'value';
    Object.assign(state, ends[0], {
      attrs,
      unsure,
      valueKind,
      value: dynamic ? value + DYNAMIC : value,
    });
  }

  startTag(state: HtmlState): void {
    checkTag(state, this.role, this.report);
    const { tag } = state;
    const target = state.attrs.get('for')?.value;
    if (tag === 'label' && target !== undefined) this.labels.add(target);
    if (lacksLabel(state))
      this.fields.push({ id: state.attrs.get('id')?.value, loc: state.tagLoc });
    if (tag === 'img' && state.attrs.get('alt')?.value.trim()) this.text(state);
    if (tag === 'form' && state.stack.some((element) => element.name === 'form'))
      this.report(state.tagLoc, 'H_NESTED_FORM', 'a form stands inside another form');
    if (tag === 'a' && state.stack.some((element) => element.name === 'a'))
      this.report(state.tagLoc, 'H_NESTED_FORM', 'a link stands inside another link');
    const drawn = state.stack.some((element) => element.name === 'svg' || element.name === 'math');
    if (VOID.has(tag) || (state.selfClosing && (drawn || tag === 'svg'))) return;
    while (state.stack.length > 0 && endsBefore(state.stack.at(-1)!.name, tag)) state.stack.pop();
    state.stack.push({
      name: tag,
      loc: state.tagLoc,
      attrs: state.attrs,
      unsure: state.unsure,
      named: false,
    });
  }

  endTag(state: HtmlState, name: string, loc: Span): void {
    const at = state.stack.findLastIndex((element) => element.name === name);
    if (at === -1) {
      if (!OPTIONAL_END.has(name) && !VOID.has(name))
        this.report(loc, 'H_STRAY_CLOSE', `</${name}> closes nothing`);
      return;
    }
    const left: OpenElement[] = state.stack.splice(at);
    for (const element of left.slice(1))
      if (!OPTIONAL_END.has(element.name))
        this.report(element.loc, 'H_UNCLOSED', `<${element.name}> is not closed before </${name}>`);
    checkNamed(left[0]!, this.report);
  }

  text(state: HtmlState): void {
    for (const element of state.stack) element.named = true;
  }

  markup(_state: HtmlState, text: string, loc: Span): void {
    if (text.endsWith('#'))
      this.report(loc, 'S_ESI', 'server-side includes are not part of a theme');
  }
}

/** What a state leaves open, in words; equal words mean that two branches fit together. */
function describe(state: HtmlState): string {
  const open = state.stack
    .filter((element) => !OPTIONAL_END.has(element.name))
    .map((element) => element.name);
  const mode =
    state.mode === 'data'
      ? ''
      : state.mode === 'value'
        ? ` in ${state.attr}=`
        : ` in <${state.raw || state.tag}>`;
  const inTag = ['tag', 'attr-name', 'after-name'].includes(state.mode)
    ? ` in <${state.tag}>`
    : mode;
  return `[${open.join(' ')}]${inTag}`;
}
