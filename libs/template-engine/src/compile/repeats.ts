/** A value's print: its source, and the name that keeps it once another print wants the same. */
interface Print {
  readonly source: string;
  name: string | null;
}

/** Stands in the code for the print of a number until it is known whether it is wanted again. Literals hold none. */
const MARK = /\u0001(\d+)\u0001/g; // oxlint-disable-line no-control-regex -- a mark that no source holds

/**
 * Values that a function prints more than once in the same way, as cards do with titles and addresses: data never
 * changes while it is rendered, so what was escaped on the way is used again. Follows the blocks of the code, since what
 * is printed in a branch is not there outside.
 */
export class Repeats {
  private readonly prints: Print[] = [];
  private readonly scopes = [new Map<string, number>()];
  /** Which declaration a local of the code means: a snippet written into its caller may declare the same again. */
  private readonly declared = new Map<number, number>();
  private declarations = 0;

  /** @param fresh declares a variable of the function and gives its name */
  constructor(private readonly fresh: () => string) {}

  /** Writes what runs perhaps or several times; locals are those that it declares. */
  inside(locals: readonly number[], write: () => void): void {
    const outer = locals.map((id) => [id, this.declared.get(id) ?? 0] as const);
    for (const id of locals) this.declared.set(id, ++this.declarations);
    this.scopes.push(new Map());
    write();
    this.scopes.pop();
    for (const [id, before] of outer) this.declared.set(id, before);
  }

  /** The source of a print that surely happens. */
  print(source: string): string {
    const key = this.keyOf(source);
    const known = this.find(key);
    if (known !== null) return known;
    this.scopes.at(-1)!.set(key, this.prints.length);
    return `\u0001${this.prints.push({ source, name: null }) - 1}\u0001`;
  }

  /** The same for a print that happens perhaps: it can use what is there, but leaves nothing. */
  reuse(source: string): string {
    return this.find(this.keyOf(source)) ?? source;
  }

  /** The finished code: prints that are wanted again keep what they give. */
  resolve(code: string): string {
    return code.replace(MARK, (_, index: string) => {
      const { source, name } = this.prints[Number(index)]!;
      return name === null ? source : `(${name}=${source})`;
    });
  }

  private find(key: string): string | null {
    for (const scope of this.scopes) {
      const index = scope.get(key);
      if (index !== undefined) return (this.prints[index]!.name ??= this.fresh());
    }
    return null;
  }

  /** Arguments of snippets have names of their own each time, locals of blocks do not. */
  private keyOf(source: string): string {
    return source.replace(/\bx(\d+)/g, (local, id: string) => {
      return `${local}/${this.declared.get(Number(id)) ?? 0}`;
    });
  }
}
