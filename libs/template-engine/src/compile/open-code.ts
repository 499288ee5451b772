import type { Span } from '../diagnostics/reporter';
import type { CompiledFile } from './compile-file';

/** What the code of a function leaves open until it has its place in an artefact. */
type Gap =
  /** A name that nothing else has. */
  | { readonly of: 'name'; readonly prefix: string }
  /** The name of a constant that functions share. */
  | { readonly of: 'constant'; readonly source: string }
  /** The name of a snippet's function. */
  | { readonly of: 'snippet'; readonly name: string }
  /** The number of a position, counted from the function's first. */
  | { readonly of: 'position'; readonly index: number };

/** Stands in the code for a gap. Literals hold no such sign. */
const MARK = /\u0002(\d+)\u0002/; // oxlint-disable-line no-control-regex -- a mark that no source holds

/** A place in a file of the theme. */
interface Position {
  readonly file: CompiledFile;
  readonly start: Span['start'];
}

/** Code of one function wherever it stands: it depends on its own files alone, not on what is written before it. */
export interface OpenCode {
  /** Code at even places; at odd ones the number of a gap. */
  readonly pieces: readonly (string | number)[];
  /** In the order in which they were made, which is that of their numbers in the artefact. */
  readonly gaps: readonly Gap[];
  readonly positions: readonly Position[];
  /** Statements of snippets that were written into it. */
  readonly inlined: number;
}

/** Makes the gaps of a function while its code is written. */
export class Gaps {
  private readonly gaps: Gap[] = [];
  private readonly positions: Position[] = [];
  private readonly constants = new Map<string, string>();

  /** A name of its own, for wherever it is wanted. */
  fresh(prefix: string): string {
    return this.mark({ of: 'name', prefix });
  }

  /** The name of a snippet's function. */
  snippet(name: string): string {
    return this.mark({ of: 'snippet', name });
  }

  /** The name of a frozen object. */
  constant(source: string): string {
    const known = this.constants.get(source) ?? this.mark({ of: 'constant', source });
    this.constants.set(source, known);
    return known;
  }

  /** The number of a position. */
  at(file: CompiledFile, { start }: Span): string {
    return this.mark({ of: 'position', index: this.positions.push({ file, start }) - 1 });
  }

  /** The finished code. */
  close(code: string, inlined: number): OpenCode {
    const pieces = code.split(MARK).map((piece, i) => (i % 2 === 0 ? piece : Number(piece)));
    return { pieces, gaps: this.gaps, positions: this.positions, inlined };
  }

  private mark(gap: Gap): string {
    return `\u0002${this.gaps.push(gap) - 1}\u0002`;
  }
}

/** What an artefact gives its functions. */
export interface Places {
  /** The next number for names. */
  counter: number;
  /** Source of a constant to its name. */
  readonly constants: Map<string, string>;
  /** Name of a snippet to that of its function. */
  readonly snippets: ReadonlyMap<string, string>;
}

/**
 * The names for the gaps of a function, by their numbers; new ones are taken from the artefact.
 * @param firstPosition the number of the function's first position
 */
export function fillGaps(gaps: readonly Gap[], places: Places, firstPosition: number): string[] {
  return gaps.map((gap) => {
    if (gap.of === 'name') return `${gap.prefix}${places.counter++}`;
    if (gap.of === 'snippet') return places.snippets.get(gap.name) ?? '';
    if (gap.of === 'position') return String(firstPosition + gap.index);
    const name = places.constants.get(gap.source) ?? `K${places.counter++}`;
    places.constants.set(gap.source, name);
    return name;
  });
}
