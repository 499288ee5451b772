import type { Expr, PrintStep, Role, Step } from '../compile/ir';
import type { BlockSchema } from '../model/templates';
import type { Reporter, Span } from '../diagnostics/reporter';
import { checkHeading, checkNamed } from './check-access';
import { URL_ATTRS } from '../limits';
import { checkTag, lacksLabel } from './check-tag';
import { placeOf } from './check-print';
import { type HtmlFacts, noHtmlFacts, type PictureFact } from './facts';
import type { Report } from './findings';
import { Fixer } from './fixes';
import { checkNesting, outerPressed } from './interactive';
import { noteLinks, noteWrittenId, textOf } from './links';
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
import { join, mismatch, openedIn } from './join';
import {
  asksForIndex,
  assetOf,
  inlinedName,
  isForOneRound,
  isHidden,
  placeOfWord,
  unclosed,
} from './look';
import { passValue } from './script-code';
import { addToValue, type HtmlEvents, isDrawn, Tokenizer } from './tokenizer';
import { holdsWord, isQuiet, reportWords, wordsFault } from './words';

/**
 * Walks a file's statements with an HTML tokenizer: sets every place, checks balance, safety and access. Gives what
 * checks of several files ask for.
 * @param blocks the kinds of blocks that the file's section has
 */
export function checkHtml(
  { file, role }: { readonly file: string; readonly role: Role },
  { steps, blocks }: { readonly steps: readonly Step[]; readonly blocks: readonly BlockSchema[] },
  reporter: Reporter,
): HtmlFacts {
  const fixer = new Fixer(file, reporter);
  const report: Report = (loc, code, message, extra = {}) => {
    const fix = code === 'S_UNQUOTED_ATTR' ? fixer.quote(loc) : extra.fix;
    reporter.add(file, loc, code, message, { ...extra, fix });
  };
  const single = blocks.filter(({ limit }) => limit === 1).map(({ type }) => type);
  const check = new HtmlCheck({ role, single }, report, fixer);
  check.run(steps);
  return check.facts;
}

interface Field {
  readonly id: string | undefined;
  readonly loc: Span;
}

class HtmlCheck implements HtmlEvents {
  private readonly tokenizer = new Tokenizer(this);
  private readonly fields: Field[] = [];
  private readonly labels = new Set<string>();
  readonly facts = noHtmlFacts();
  private readonly placed = new Set<PrintStep>();
  private callsOthers = false;
  private loops = 0;
  /** What stands in a loop and is there in one of its rounds at most. */
  private readonly once = new Set<readonly Step[]>();
  /** Blocks around whose test asks for the place of the section or the round. */
  private byIndex = 0;
  private pastHeader = false;
  /** Words of a text were told of, and no tag followed. */
  private inSentence = false;
  /** Elements that a finding spoke of already, by name: their ends, or that these lack, are the same mistake. */
  private readonly told = new Map<string, number>();

  constructor(
    private readonly of: { readonly role: Role; readonly single: readonly string[] },
    private readonly report: Report,
    private readonly fixer: Fixer,
  ) {}

  run(steps: readonly Step[]): void {
    const state = startState();
    this.steps(state, steps);
    const inTag = !['data', 'comment', 'markup'].includes(state.mode);
    if (inTag && state.mode !== 'raw')
      this.report(state.tagLoc, 'H_UNCLOSED', `this tag is never closed with >`);
    // What stands behind a tag that never ends was not read: what seems open may be closed there.
    if (!inTag)
      for (const element of state.stack)
        if (!OPTIONAL_END.has(element.name) && !this.wasTold(element.name))
          this.report(element.loc, 'H_UNCLOSED', unclosed(element, 'is never closed'));
    this.reportFields();
  }

  private tell(names: readonly string[]): void {
    for (const name of names) this.told.set(name, (this.told.get(name) ?? 0) + 1);
  }

  private wasTold(name: string): boolean {
    const times = this.told.get(name) ?? 0;
    this.told.set(name, Math.max(0, times - 1));
    return times > 0;
  }

  private reportFields(): void {
    for (const field of this.fields) {
      const elsewhere = this.of.role === 'snippet' || (field.id !== undefined && this.callsOthers);
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
        this.place(state, step);
        return this.printed(state, step.expr);
      case 'snippet':
        return this.snippet(state, step.loc, step.name);
      case 'if': {
        const counts = asksForIndex(step.test.value) ? 1 : 0;
        if (this.loops === 1 && isForOneRound(step.test, this.of.single)) this.once.add(step.body);
        this.byIndex += counts;
        this.branches(state, step.name, step.loc, [step.body, step.else]);
        this.byIndex -= counts;
        return;
      }
      case 'each':
        return this.branches(state, 'each', step.loc, [step.body, step.else]);
      case 'with':
        return this.branches(state, step.op, step.loc, [step.body, step.else]);
      case 'form':
        return this.form(state, step);
      case 'paginate':
        return this.branches(state, step.op, step.loc, [step.body]);
      default:
        if (state.mode !== 'data')
          this.report(step.loc, 'E_PLACE', 'this stands between elements only');
        if (step.op === 'hole' && step.name !== 'content_for_head') this.pastHeader = true;
        this.callsOthers = true;
        this.name(state);
    }
  }

  /** A loop is walked twice: a value that begins an address in the first round does so in each page. */
  private place(state: HtmlState, step: PrintStep): void {
    const before = this.placed.has(step) ? step.place.mode : null;
    const mode = placeOf(state, step.expr, step.escaped, this.report);
    const kept = before === 'refused' || (before === 'url' && mode === 'attr');
    step.place.mode = kept ? before : mode;
    this.placed.add(step);
    if (state.mode === 'raw' && state.raw === 'script') passValue(state);
  }

  private snippet(state: HtmlState, loc: Span, name: string): void {
    this.callsOthers = true;
    if (!this.pastHeader) this.facts.earlySnippets.push(name);
    if (state.mode === 'data') {
      this.facts.pictures.push({ loc, snippet: name, lazy: null, byIndex: false, asset: null });
      for (const element of state.stack) element.captioned = true;
      if (state.way === '') this.facts.straight.add(name);
      const outer = outerPressed(state);
      if (outer !== null) this.facts.held.push({ name, loc, outer });
      return this.perhapsNamed(state, `snippets/${name}.hbs`);
    }
    const url =
      state.mode === 'value' &&
      (URL_ATTRS.has(state.attr) || state.attr.startsWith('on') || state.attr === 'style');
    if (state.mode === 'value' && !url && state.attr !== 'srcdoc') {
      this.facts.textSnippets.push({ name, loc, quote: state.quote });
      addToValue(state, DYNAMIC);
      return;
    }
    if (state.mode === 'raw' && state.raw !== 'script' && state.raw !== 'style') {
      this.facts.textSnippets.push({ name, loc, quote: '' });
      return;
    }
    this.report(
      loc,
      'E_PLACE',
      'a snippet stands between elements, or inside an ordinary quoted attribute',
    );
  }

  private printed(state: HtmlState, expr: Expr): void {
    if (state.mode === 'data') {
      if (expr.op === 'call' && expr.spec.name === 'image_tag') this.imageTag(expr);
      const drawing = inlinedName(expr);
      return drawing ? this.perhapsNamed(state, `assets/${drawing}`) : this.name(state);
    }
    if (state.mode === 'raw' && (state.raw === 'title' || state.raw === 'textarea'))
      this.name(state);
    if (state.mode === 'value' && state.attr === 'src' && state.value === '')
      this.printedAsset = assetOf(expr);
    if (state.mode === 'tag') state.unsure = true;
    if (state.mode === 'before-value') Object.assign(state, { mode: 'unquoted', value: DYNAMIC });
    else if (state.mode === 'value' || state.mode === 'unquoted') {
      if (state.valueKind === '') state.valueKind = expr.kind.replace('?', '');
      addToValue(state, expr.op === 'get' ? textOf(expr) : DYNAMIC + DYNAMIC);
    }
  }

  private imageTag(expr: Extract<Expr, { op: 'call' }>): void {
    const loading = expr.hash.find(([key]) => key === 'loading')?.[1];
    noteWrittenId(expr.hash.find(([key]) => key === 'id')?.[1], this.facts);
    const lazy = loading?.op === 'lit' && loading.value === 'lazy' ? loading.loc : null;
    this.picture({ loc: expr.loc, snippet: null, lazy, asset: null });
  }

  private picture(fact: Omit<PictureFact, 'byIndex'>): void {
    this.facts.pictures.push({ ...fact, byIndex: this.byIndex > 0 });
  }

  private form(state: HtmlState, step: Extract<Step, { op: 'form' }>): void {
    if (state.mode !== 'data')
      this.report(step.loc, 'E_PLACE', '{{#form}} stands between elements only');
    if (state.stack.some((element) => element.name === 'form'))
      this.report(step.loc, 'H_NESTED_FORM', 'a form stands inside another form');
    noteWrittenId(step.hash.find(([key]) => key === 'id')?.[1], this.facts);
    if (state.way === '') this.facts.elements.add('form');
    const attrs = new Map();
    const more = {
      unsure: true,
      selfClosed: false,
      named: true,
      perhaps: new Set<string>(),
      captioned: false,
    };
    const element: OpenElement = { name: 'form', loc: step.loc, attrs, ...more };
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
    const at = ways.length === 1 ? '' : `/${loc.start.line}:${loc.start.column}.`;
    const ends = ways.map((way, i) => {
      const inside = { ...state, way: state.way + (at && at + i) };
      return name === 'each' && i === 0 ? this.round(inside, way) : this.way(inside, way);
    });
    const wrong = mismatch(name, state, ends);
    if (wrong !== null) {
      const names = openedIn(state, ends);
      const again = names.length > 0 && names.every((one) => this.wasTold(one));
      if (again) return;
      this.tell(names);
      return this.report(loc, 'H_BRANCH_MISMATCH', wrong);
    }
    join(state, ends, (end) => this.tokenizer.endName(end));
  }

  private way(state: HtmlState, steps: readonly Step[]): HtmlState {
    const copy = fork(state);
    const { loops } = this;
    if (this.once.has(steps)) this.loops = 0;
    this.steps(copy, steps);
    this.loops = loops;
    return copy;
  }

  /** A round of a loop; another follows it, which sees where the first one ended when that is inside a tag. */
  private round(state: HtmlState, steps: readonly Step[]): HtmlState {
    this.loops++;
    const end = this.way(state, steps);
    if (end.mode !== 'data') this.way(end, steps);
    this.loops--;
    return end;
  }

  startTag(state: HtmlState): void {
    this.inSentence = false;
    checkTag(state, this.of.role, { report: this.report, fixer: this.fixer });
    const { tag, attrs, tagLoc } = state;
    const target = attrs.get('for')?.value;
    if (tag === 'label' && target !== undefined) this.labels.add(target);
    if (lacksLabel(state)) this.fields.push({ id: attrs.get('id')?.value, loc: tagLoc });
    if (tag === 'img') this.image(state);
    reportWords(state, this.report);
    const track = attrs.get('kind')?.value ?? 'subtitles';
    const captions = ['captions', 'subtitles'].includes(track) || track.startsWith(DYNAMIC);
    if (tag === 'track' && captions) for (const element of state.stack) element.captioned = true;
    checkHeading(state, this.report);
    const { loops, pastHeader } = this;
    noteLinks(state, this.facts, { loops, pastHeader }, this.report);
    while (state.stack.length > 0 && endsBefore(state.stack.at(-1)!.name, tag)) state.stack.pop();
    checkNesting(state, this.report);
    const drawn = isDrawn(state.stack);
    if (VOID.has(tag) || (state.selfClosing && (drawn || tag === 'svg'))) return;
    const { unsure, selfClosing: selfClosed } = state;
    const fresh = { selfClosed, named: false, perhaps: new Set<string>(), captioned: false };
    state.stack.push({ name: tag, loc: tagLoc, attrs, unsure, ...fresh });
  }

  private image(state: HtmlState): void {
    const { attrs, tagLoc } = state;
    if (attrs.get('alt')?.value.trim()) this.name(state);
    const loading = attrs.get('loading');
    const lazy = loading?.value === 'lazy' ? loading.loc : null;
    const asset = attrs.has('srcset') || state.unsure ? null : (this.printedAsset ?? null);
    this.picture({ loc: tagLoc, snippet: null, lazy, asset });
    this.printedAsset = null;
  }

  /** The asset whose address was printed last as `src`. */
  private printedAsset: string | null = null;

  endTag(state: HtmlState, name: string, loc: Span): void {
    this.inSentence = false;
    const at = state.stack.findLastIndex((element) => element.name === name);
    if (at === -1) {
      // Browsers make an empty paragraph of </p>; other ends that may be left out they skip.
      const harmless = (OPTIONAL_END.has(name) && name !== 'p') || VOID.has(name);
      if (harmless || this.wasTold(name)) return;
      const why = name === 'p' ? ': a block inside ended the <p> before' : '';
      this.report(loc, 'H_STRAY_CLOSE', `</${name}> closes nothing${why}`);
      return;
    }
    const left: OpenElement[] = state.stack.splice(at);
    for (const element of left.slice(1)) {
      if (OPTIONAL_END.has(element.name)) continue;
      this.report(element.loc, 'H_UNCLOSED', unclosed(element, `is not closed before </${name}>`));
      this.tell([element.name]);
    }
    const [closed] = left;
    // What is hidden as a whole needs no name.
    if (!closed || isHidden(closed) || state.stack.some(isHidden)) return;
    const nameless = checkNamed(closed, this.report);
    if (nameless) this.facts.nameless.push(nameless);
  }

  text(state: HtmlState, text: string, start: Span['start']): void {
    this.name(state);
    if (state.mode !== 'data' || !holdsWord(text) || isQuiet(state.stack)) return;
    // Values cut a sentence into pieces; it is one text.
    if (this.inSentence) return;
    this.inSentence = true;
    this.report(placeOfWord(text, start), 'L_HARDCODED_TEXT', wordsFault(text));
  }

  /** What is hidden from those who listen names nothing. */
  private name(state: HtmlState): void {
    const hidden = state.stack.findLastIndex(isHidden);
    for (const element of state.stack.slice(hidden + 1)) element.named = true;
    if (hidden === -1) this.facts.speaks = true;
  }

  /** A snippet or drawing may name what it stands in; which of them do is known when all are read. */
  private perhapsNamed(state: HtmlState, by: string): void {
    this.facts.parts.add(by);
    const hidden = state.stack.findLastIndex(isHidden);
    for (const element of state.stack.slice(hidden + 1)) element.perhaps.add(by);
  }

  brokenTag(state: HtmlState): void {
    this.report(state.tagLoc, 'H_UNCLOSED', `<${state.tag}> is never closed with >`);
  }

  cutName(_state: HtmlState, loc: Span): void {
    this.report(
      loc,
      'H_BRANCH_MISMATCH',
      'a name goes on behind the branches: write it whole in each',
    );
  }

  hidden(_state: HtmlState, text: string, loc: Span): void {
    this.report(loc, 'E_PLACE', `${text} makes browsers read what follows otherwise: leave it out`);
  }

  markup(_state: HtmlState, text: string, loc: Span): void {
    if (text.endsWith('#'))
      this.report(loc, 'S_ESI', 'server-side includes are not part of a theme');
  }
}
