import {
  append,
  choice,
  decide,
  MOST_CARRIED,
  MOST_SPREAD,
  NOTHING,
  plain,
  plainText,
  type Seam,
  seamSource,
  sizeOf,
} from './seams';

/** A body as it was written: its code, and the constant text at its end, which is not in the code. */
export interface Body {
  readonly code: string;
  readonly rest: string;
}

/** The code of a function as it grows: statements, and what is still to be joined to its markup `o`. */
export class Output {
  private out: string[] = [];
  /** What the next statement appends to the markup. */
  private pending: string[] = [];
  /** Constant markup that stands behind what is pending. */
  private seam = NOTHING;
  /** Seams whose texts may come later; a mark stands in the code for each. */
  private readonly seams: Seam[] = [];
  private spread = 0;

  /** A statement behind all that was written. */
  statement(source: string): void {
    this.flush();
    this.put(source);
  }

  /** A statement that a text which is known may stand behind: the head or end of a block. */
  between(source: string): void {
    this.settle();
    this.put(source);
  }

  /** Constant markup in octets; what stands side by side is one text in the code. */
  text(markup: string): void {
    const joined = append(this.seam, markup);
    if (!joined) this.source('');
    this.seam = joined ?? plain(markup);
  }

  /** JavaScript that gives markup. */
  source(source: string): void {
    if (this.seam !== NOTHING) this.pending.push(`\u0002${this.seams.push(this.seam) - 1}\u0002`);
    this.seam = NOTHING;
    if (source !== '') this.pending.push(source);
  }

  /** Writes a body apart, with markup before it. */
  body(before: Seam, write: () => void): Body {
    const around = { out: this.out, pending: this.pending, seam: this.seam };
    this.out = [];
    this.pending = [];
    this.seam = before;
    write();
    const rest = plainText(this.seam) ?? '';
    const keeps = rest.length <= MOST_CARRIED && this.roomy;
    if (keeps) this.settle();
    else this.flush();
    const code = this.out.join('');
    Object.assign(this, around);
    return { code, rest: keeps ? rest : '' };
  }

  /** The text before a statement that its bodies may begin with. */
  get carried(): string {
    const text = plainText(this.seam) ?? '';
    return text.length <= MOST_CARRIED && this.roomy ? text : '';
  }

  /** Writes what stands before a statement whose bodies begin with the text that is carried. */
  handOver(carried: string): void {
    if (carried !== '') this.seam = NOTHING;
    this.flush();
  }

  /** Goes on behind a statement with the text that its bodies ended with, by a test that still holds. */
  rest(test: string, yes: string, no: string): void {
    this.take(choice(test, plain(yes), plain(no)));
  }

  /** One of two texts, by a test. */
  decide(test: string, yes: string, no: string): void {
    const joined = decide(this.seam, test, yes, no);
    if (!joined) this.source('');
    this.take(joined ?? choice(test, plain(yes), plain(no)));
  }

  /** Whether this function may still grow by texts that stand in it several times. */
  get roomy(): boolean {
    return this.spread < MOST_SPREAD;
  }

  /** Writes all that is left, and gives the code; marks of seams are in it until `join`. */
  end(): string {
    this.flush();
    return this.out.join('');
  }

  /** Puts the seams in, when all their texts are known. */
  join(code: string): string {
    return code.replace(SEAM, (_, index: string) => seamSource(this.seams[Number(index)]!));
  }

  private put(source: string): void {
    if (source !== '') this.out.push(source);
  }

  private take(seam: Seam): void {
    this.spread += sizeOf(seam);
    this.seam = seam;
  }

  /** Writes what is pending but a text that is known for sure. */
  private settle(): void {
    const { seam } = this;
    const known = plainText(seam) !== null;
    if (known) this.seam = NOTHING;
    this.flush();
    if (known) this.seam = seam;
  }

  private flush(): void {
    this.source('');
    if (this.pending.length > 0) this.put(`o+=${this.pending.join('+')};`);
    this.pending = [];
  }
}

/** Stands in the code for a seam until its texts are known. Literals hold none. */
const SEAM = /\u0002(\d+)\u0002/g; // oxlint-disable-line no-control-regex -- a mark that no source holds
