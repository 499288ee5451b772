import type { Span } from '../diagnostics/reporter';
import { readCode } from './script-code';
import { type HtmlState, RAW } from './state';

/** What the tokenizer tells of. */
export interface HtmlEvents {
  /** A start tag is complete: name, attributes and place are in the state. */
  startTag(state: HtmlState): void;
  endTag(state: HtmlState, name: string, loc: Span): void;
  /** A run of text that is more than white space was read; `start` is where the run begins. */
  text(state: HtmlState, text: string, start: Span['start']): void;
  /** A name, of an element or an attribute, goes on behind branches that end within it. */
  cutName(state: HtmlState, loc: Span): void;
  /** Text that makes browsers read on otherwise than this tokenizer does. */
  hidden(state: HtmlState, text: string, loc: Span): void;
  /** Another tag begins where this one has not ended: a `>` is missing. */
  brokenTag(state: HtmlState): void;
  /** `<!--#` or a doctype: what stands behind `<!`, from its first letter. */
  markup(state: HtmlState, text: string, loc: Span): void;
}

/** What HTML takes for space: a no-break space, pasted in by accident, is a letter of a name or a value. */
const SPACE = /[ \t\n\f\r]/;
const BEHIND_NAME = /[ \t\n\f\r/]/;

/** Elements in which browsers read no tags but their own end, wherever that stands. */
const UNREAD = new Set(['noscript', 'iframe', 'xmp', 'noembed', 'noframes']);

/** Elements of drawings whose content is HTML again. */
const HTML_AGAIN = new Set('foreignobject desc title annotation-xml mi mo mn ms mtext'.split(' '));

/** Whether an element of this stack is part of a drawing, where `/>` ends it. */
export function isDrawn(stack: HtmlState['stack']): boolean {
  const nearest = stack.findLast(
    ({ name }) => name === 'svg' || name === 'math' || HTML_AGAIN.has(name),
  );
  return nearest !== undefined && !HTML_AGAIN.has(nearest.name);
}

/** Whether browsers end a comment at this `>`; `text` is what stands behind `<!`, of a long comment its last letters. */
function endsComment(text: string): boolean {
  if (text === '-->' || text === '--->') return true;
  return (text.length > 4 && text.endsWith('-->')) || (text.length > 5 && text.endsWith('--!>'));
}

/** Feeds text to a state, letter by letter; the state may stand anywhere, since expressions cut the text. */
export class Tokenizer {
  private line = 1;
  private column = 0;

  constructor(private readonly events: HtmlEvents) {}

  /** Reads one piece of text that begins at a place of the file. */
  feed(state: HtmlState, text: string, at: Span): void {
    this.line = at.start.line;
    this.column = at.start.column;
    for (let i = 0; i < text.length;) {
      if (state.mode === 'data' && text[i] !== '<') {
        const next = text.indexOf('<', i);
        i = this.run(state, text.slice(i, next === -1 ? text.length : next), i);
        continue;
      }
      const char = text[i]!;
      this.char(state, char);
      this.pass(char);
      i++;
    }
  }

  /** Text between tags, in one piece; gives the offset behind it. */
  private run(state: HtmlState, text: string, from: number): number {
    const start = { line: this.line, column: this.column };
    if (/\S/.test(text)) this.events.text(state, text, start);
    const last = text.lastIndexOf('\n');
    if (last === -1) this.column += text.length;
    else {
      this.line += text.split('\n').length - 1;
      this.column = text.length - last - 1;
    }
    return from + text.length;
  }

  private pass(char: string): void {
    if (char === '\n') {
      this.line++;
      this.column = 0;
    } else this.column++;
  }

  /** Ends the name at which a branch ends; an attribute has no value on this way. */
  endName(state: HtmlState): void {
    if (state.mode === 'attr-name' || state.mode === 'after-name') this.endAttr(state, '');
  }

  private point(): Span['start'] {
    return { line: this.line, column: this.column };
  }

  private here(): Span {
    const point = this.point();
    return { start: point, end: { ...point, column: this.column + 1 } };
  }

  private char(state: HtmlState, char: string): void {
    switch (state.mode) {
      case 'data':
        state.mode = 'tag-open';
        state.tagLoc = this.here();
        return;
      case 'raw':
        return this.raw(state, char);
      case 'tag-open':
        return this.tagOpen(state, char);
      case 'tag-name':
      case 'end-tag':
        return this.name(state, char);
      case 'value':
        if (char === '/' && state.value.endsWith('<')) this.endsUnread(state);
        if (char === state.quote) this.endValue(state);
        else addToValue(state, char);
        return;
      case 'comment':
      case 'markup':
        return this.comment(state, char);
      default:
        return this.inTag(state, char);
    }
  }

  private raw(state: HtmlState, char: string): void {
    state.pending = (state.pending + char).slice(-(state.raw.length + 3));
    if (!/[\s<>/]/.test(char)) this.events.text(state, char, this.point());
    if (state.raw === 'script') {
      readCode(state, char);
      if (state.pending.endsWith('<!--')) this.events.hidden(state, '<!--', this.here());
    }
    const closing = state.pending.toLowerCase();
    if (
      closing.length === state.raw.length + 3 &&
      closing.startsWith(`</${state.raw}`) &&
      (char === '>' || BEHIND_NAME.test(char))
    ) {
      const name = state.raw;
      state.raw = '';
      state.pending = '';
      const { line, column } = this.point();
      const start = { line, column: Math.max(0, column - name.length - 2) };
      this.events.endTag(state, name, { start, end: { line, column: column + 1 } });
      state.mode = 'data';
    }
  }

  private tagOpen(state: HtmlState, char: string): void {
    if (char === '/') {
      state.mode = 'end-tag';
      state.tag = '';
    } else if (char === '!') {
      state.mode = 'markup';
      state.pending = '';
    } else if (/[a-z]/i.test(char)) {
      Object.assign(state, {
        mode: 'tag-name',
        tag: char.toLowerCase(),
        unsure: false,
        selfClosing: false,
      });
      state.attrs = new Map();
    } else {
      state.mode = 'data';
      this.events.text(state, `<${char}`, state.tagLoc.start);
    }
  }

  private name(state: HtmlState, char: string): void {
    if (char !== '>' && !BEHIND_NAME.test(char)) {
      state.tag += char.toLowerCase();
      return;
    }
    if (state.mode === 'tag-name') {
      state.mode = 'tag';
      this.inTag(state, char);
    } else if (char === '>') {
      state.mode = 'data';
      this.events.endTag(state, state.tag, state.tagLoc);
    }
  }

  private comment(state: HtmlState, char: string): void {
    state.pending += char;
    if (state.pending.endsWith('</')) this.endsUnread(state);
    if (state.mode === 'markup' && state.pending === '--') state.mode = 'comment';
    else if (state.mode === 'comment' && state.pending.length === 3)
      this.events.markup(state, state.pending, this.here());
    else if (state.mode === 'markup' && char === '>') state.mode = 'data';
    if (state.mode === 'comment' && char === '>' && endsComment(state.pending)) {
      state.mode = 'data';
      state.pending = '';
    } else if (state.pending.length > 64) state.pending = state.pending.slice(-16);
  }

  /** An end tag where it is none for us, inside of what browsers do not read. */
  private endsUnread(state: HtmlState): void {
    const outer = state.stack.find(({ name }) => UNREAD.has(name));
    if (outer) this.events.hidden(state, `</ inside <${outer.name}>`, this.here());
  }

  private inTag(state: HtmlState, char: string): void {
    if (char === '>') {
      if (state.mode === 'unquoted') this.endValue(state);
      else if (['attr-name', 'after-name', 'before-value'].includes(state.mode))
        this.endAttr(state, '');
      return this.endTag(state);
    }
    switch (state.mode) {
      case 'attr-name':
      case 'after-name':
        return this.behindName(state, char);
      case 'before-value':
        return this.beforeValue(state, char);
      case 'unquoted':
        if (SPACE.test(char)) this.endValue(state);
        else addToValue(state, char);
        return;
      case 'joined':
      case 'spaced':
        if (state.mode === 'joined' ? !BEHIND_NAME.test(char) : char === '=')
          this.events.cutName(state, this.here());
        state.mode = 'tag';
        return this.inTag(state, char);
      default:
        if (char === '<') return this.brokenTag(state);
        state.selfClosing = char === '/';
        if (!BEHIND_NAME.test(char)) this.startAttr(state, char);
    }
  }

  /** Goes on with the tag that begins where this one has not ended. */
  private brokenTag(state: HtmlState): void {
    this.events.brokenTag(state);
    const { tagLoc } = state;
    this.endTag(state);
    Object.assign(state, { tagLoc });
    if (state.mode === 'data') this.char(state, '<');
  }

  /** In or behind the name of an attribute. */
  private behindName(state: HtmlState, char: string): void {
    if (char === '=') state.mode = 'before-value';
    else if (char === '/') {
      // A slash ends the attribute: what follows has a name of its own, even an equals sign.
      this.endAttr(state, '');
      state.selfClosing = true;
    } else if (SPACE.test(char)) state.mode = 'after-name';
    else if (state.mode === 'attr-name') state.attr += char.toLowerCase();
    else {
      this.endAttr(state, '');
      this.startAttr(state, char);
    }
  }

  private startAttr(state: HtmlState, char: string): void {
    Object.assign(state, {
      mode: 'attr-name',
      attr: char.toLowerCase(),
      attrStart: this.point(),
      value: '',
      others: [],
      valueKind: '',
      selfClosing: false,
    });
  }

  private beforeValue(state: HtmlState, char: string): void {
    if (SPACE.test(char)) return;
    Object.assign(state, { value: '', others: [], valueKind: '' });
    if (char === '"' || char === "'") {
      state.mode = 'value';
      state.quote = char;
    } else {
      state.mode = 'unquoted';
      state.value = char;
    }
  }

  private endValue(state: HtmlState): void {
    // The closing quote belongs to the attribute, what ends an unquoted value does not.
    this.endAttr(state, state.value, state.mode === 'value' ? 1 : 0);
  }

  private endAttr(state: HtmlState, value: string, more = 0): void {
    const end = { line: this.line, column: this.column + more };
    const loc = { start: state.attrStart, end };
    const { others } = state;
    if (!state.attrs.has(state.attr)) state.attrs.set(state.attr, { value, others, loc });
    state.mode = 'tag';
  }

  private endTag(state: HtmlState): void {
    state.mode = 'data';
    const end = { line: this.line, column: this.column + 1 };
    state.tagLoc = { start: state.tagLoc.start, end };
    const drawn = isDrawn(state.stack);
    // Outside of drawings nobody heeds the slash of `<script/>`: what follows is script.
    if (RAW.has(state.tag) && !(state.selfClosing && drawn)) {
      state.mode = 'raw';
      state.raw = state.tag;
      state.pending = '';
      state.code = '';
      state.codeBefore = '';
    }
    this.events.startTag(state);
  }
}

/** Adds to the value of an attribute, whichever way it came about. */
export function addToValue(state: HtmlState, text: string): void {
  state.value += text;
  if (state.others.length > 0) state.others = state.others.map((one) => one + text);
}
