/** The words of a mail as a store writes them: plain text with fields, laid out by us. */
export interface MailTemplate {
  subject: string;
  /** Paragraphs, an empty line between them. */
  body: string;
}

/** What a template may say beyond its own words. */
export interface TemplateRules {
  fields: readonly string[];
  /** Whether `{{#button}}` may, and must, stand in it once. */
  button: boolean;
}

/** A template that cannot be used: where and why. */
export class TemplateFault extends Error {
  override readonly name = 'TemplateFault';

  constructor(
    readonly part: 'subject' | 'body',
    /** From 1. */
    readonly line: number,
    readonly reason: string,
  ) {
    super(`${part}, line ${line}: ${reason}`);
  }
}

/** A piece of a template. */
type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'field'; name: string }
  | { kind: 'if'; name: string; first: Piece[]; otherwise: Piece[] }
  | { kind: 'button'; label: Piece[] };

/** What the reader sees, from top to bottom. */
export type MailBlock = { kind: 'paragraph' | 'button'; text: string };

const mostDeep = 5;

interface Open {
  kind: 'if' | 'button' | 'root';
  name: string;
  line: number;
  first: Piece[];
  /** Null until `{{else}}`. */
  otherwise: Piece[] | null;
}

/**
 * Reads one part of a template: text, `{{field}}`, `{{#if field}} … {{else}} … {{/if}}` and, in a body,
 * `{{#button}}words{{/button}}`. That is all: a template reaches nothing but the fields of its mail.
 * @throws TemplateFault with the line
 */
export function readTemplate(
  source: string,
  part: 'subject' | 'body',
  rules: TemplateRules,
): Piece[] {
  const reader = new Reader(part, rules);
  const triple = /\{{3}|\}{3}/.exec(source);
  if (triple)
    throw new TemplateFault(
      part,
      1 + lines(source.slice(0, triple.index)),
      'two braces, not three',
    );
  const tag = /\{\{([^{}]*)\}\}/g;
  let from = 0;
  let line = 1;
  const text = (until: number) => {
    const piece = source.slice(from, until);
    const brace = /\{\{|\}\}/.exec(piece);
    if (brace) {
      const at = line + lines(piece.slice(0, brace.index));
      throw new TemplateFault(part, at, `“${brace[0]}” has no other end`);
    }
    line += lines(piece);
    if (piece !== '') reader.add({ kind: 'text', text: piece.replace(/[\uE000\uE001]/g, '') });
  };
  for (const found of source.matchAll(tag)) {
    text(found.index);
    reader.tag((found[1] ?? '').trim(), line);
    line += lines(found[0]);
    from = found.index + found[0].length;
  }
  text(source.length);
  return reader.end(line);
}

/** The pieces with their fields filled in, as the blocks of a mail; paragraphs in which nothing is left are left out. */
export function fillTemplate(
  pieces: readonly Piece[],
  values: Record<string, string>,
): MailBlock[] {
  const filled = fill(pieces, values);
  return filled.split(/(\uE000[^\uE001]*\uE001)|\n[ \t]*\n/).flatMap((chunk): MailBlock[] => {
    const words = (chunk ?? '').replace(/^\n+|\s+$/g, '');
    if (words.startsWith('\uE000')) return [{ kind: 'button', text: words.slice(1, -1).trim() }];
    return words.trim() === '' ? [] : [{ kind: 'paragraph', text: words }];
  });
}

function fill(pieces: readonly Piece[], values: Record<string, string>): string {
  return pieces.map((piece) => textOf(piece, values)).join('');
}

function textOf(piece: Piece, values: Record<string, string>): string {
  if (piece.kind === 'text') return piece.text;
  if (piece.kind === 'button') return `\uE000${fill(piece.label, values)}\uE001`;
  const value = plain(values[piece.name] ?? '');
  if (piece.kind === 'field') return value;
  return fill(value === '' ? piece.otherwise : piece.first, values);
}

/** What somebody else wrote has no control characters but line breaks, and not the marks of a button. */
function plain(value: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what is taken out
  return value.replace(/[\u0000-\u0009\u000b-\u001f\u007f\uE000\uE001]/g, ' ').trim();
}

class Reader {
  private readonly open: Open[] = [{ kind: 'root', name: '', line: 1, first: [], otherwise: null }];
  private buttons = 0;

  constructor(
    private readonly part: 'subject' | 'body',
    private readonly rules: TemplateRules,
  ) {}

  add(piece: Piece): void {
    const { first, otherwise } = this.top();
    (otherwise ?? first).push(piece);
  }

  tag(words: string, line: number): void {
    const [, verb = '', name = ''] =
      /^(#if|#button|else|\/if|\/button)?\s*(.*)$/s.exec(words) ?? [];
    if (verb === '') return this.add({ kind: 'field', name: this.field(name, line) });
    if (verb !== '#if' && name !== '') throw this.fault(line, `{{${verb}}} takes no name`);
    if (verb === '#if') return this.begin('if', line, this.field(name, line));
    if (verb === '#button') return this.button(line);
    if (verb === 'else') return this.otherwise(line);
    return this.close(verb === '/if' ? 'if' : 'button', line);
  }

  end(line: number): Piece[] {
    const { kind, line: from, first } = this.top();
    if (kind !== 'root') throw this.fault(from, `{{#${kind}}} is not closed`);
    if (this.part === 'body' && this.rules.button && this.buttons === 0)
      throw this.fault(line, 'the link is missing: {{#button}}words{{/button}}');
    return first;
  }

  private begin(kind: 'if' | 'button', line: number, name: string): void {
    if (this.open.length > mostDeep) throw this.fault(line, `at most ${mostDeep} levels`);
    this.open.push({ kind, name, line, first: [], otherwise: null });
  }

  private button(line: number): void {
    if (this.part === 'subject' || !this.rules.button)
      throw this.fault(line, 'there can be no button here');
    if (this.open.length > 1) throw this.fault(line, 'the button stands in nothing else');
    this.buttons += 1;
    if (this.buttons > 1) throw this.fault(line, 'there is one button already');
    this.begin('button', line, '');
  }

  private otherwise(line: number): void {
    const top = this.top();
    if (top.kind !== 'if' || top.otherwise !== null)
      throw this.fault(line, '{{else}} belongs to no {{#if}}');
    top.otherwise = [];
  }

  private close(kind: 'if' | 'button', line: number): void {
    const { kind: opened, name, first, otherwise } = this.top();
    if (opened !== kind) throw this.fault(line, `{{/${kind}}} closes nothing`);
    this.open.pop();
    if (kind === 'button') this.add({ kind, label: first });
    else this.add({ kind, name, first, otherwise: otherwise ?? [] });
  }

  private field(name: string, line: number): string {
    if (this.rules.fields.includes(name)) return name;
    const known = this.rules.fields.map((one) => `{{${one}}}`).join(', ');
    throw this.fault(line, `there is no {{${name}}} here; there are ${known}`);
  }

  private top(): Open {
    return this.open.at(-1) as Open;
  }

  private fault(line: number, reason: string): TemplateFault {
    return new TemplateFault(this.part, line, reason);
  }
}

function lines(text: string): number {
  return text.split('\n').length - 1;
}
