import type { LocaleText } from '../theme/locales';
import type { CompiledFile } from './compile-file';
import { foldText, takesText } from './fold-text';
import { BodyWriter, type Surroundings } from './generate';
import { writeExpr, writeHash, type Writer } from './generate-expr';
import { Gaps, type OpenCode } from './open-code';
import type { Snippets } from './snippets';
import { countSteps } from './weigh';

/** All that the code of one file is made of, beside the file. */
export interface FunctionCode {
  readonly snippets: Snippets;
  readonly locale: string;
  readonly texts: ReadonlyMap<string, LocaleText>;
  /** The text of an asset, in parts: see `Writer.asset`. */
  readonly inlineAsset: (name: string) => readonly string[];
  readonly budgets: boolean;
  /** How many statements one snippet may have that is written into the function, and all of them together. */
  readonly inline: { readonly snippet: number; readonly function: number };
}

/** Writes the function of a file for one locale. It depends on the file, on the snippets that it uses, and on `of`. */
export function writeFunction(file: CompiledFile, of: FunctionCode): OpenCode {
  return new FunctionWriter(of).write(file);
}

class FunctionWriter {
  private readonly gaps = new Gaps();
  private inlined = 0;

  constructor(private readonly of: FunctionCode) {}

  write(file: CompiledFile): OpenCode {
    const { unit } = file;
    const name = this.gaps.fresh('f');
    const args = unit.args.map((arg) => [arg, this.gaps.fresh('a')] as const);
    const w = this.writer(file, new Map(args), []);
    const body = new BodyWriter(w, this.surroundings(w)).write(unit);
    const head = `function ${name}(${['v', 's', ...args.map(([, id]) => id)].join(',')})`;
    return this.gaps.close(`${head}{${body}}`, this.inlined);
  }

  /** Snippets as the function calls them: small ones written into it, until it has grown by as much as it may. */
  private surroundings(w: Writer): Surroundings {
    const { inline } = this.of;
    return {
      call: (name) => ({ unit: this.snippet(name).unit, source: this.gaps.snippet(name) }),
      inline: (unit, args) => {
        const size = countSteps(unit.steps);
        if (size > inline.snippet || this.inlined + size > inline.function) return null;
        this.inlined += size;
        return this.writer(this.snippet(unit.name), args, w.temps);
      },
    };
  }

  private snippet(name: string): CompiledFile {
    const found = this.of.snippets.get(name);
    // Calls of snippets that do not exist are refused before code is written.
    if (!found) throw new Error(`There is no snippet ${name}.`);
    return found;
  }

  private writer(file: CompiledFile, args: Writer['args'], temps: string[]): Writer {
    const { budgets, locale, texts, inlineAsset } = this.of;
    const w: Writer = {
      temps,
      args,
      budgets,
      fresh: (prefix) => this.gaps.fresh(prefix),
      at: ({ loc }) => this.gaps.at(file, loc),
      constant: (source) => this.gaps.constant(source),
      text: (call, escaped, reuse) => {
        const key = call.args[0];
        if (key?.op === 'lit') {
          const source = foldText(w, call, texts, { locale, escaped, reuse });
          return takesText(w, call) ? `(s.at=${w.at(call)},L.filledText(s,${source}))` : source;
        }
        const wanted = key ? writeExpr(w, key) : '""';
        const hash = writeHash(w, call.hash);
        const text = `L.dynamicText(s,D,${wanted},${hash},${escaped})`;
        return `(s.at=${w.at(call)},${text})`;
      },
      asset: inlineAsset,
    };
    return w;
  }
}
