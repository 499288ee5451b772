import { createHash } from 'node:crypto';
import { COMPILER } from '../compiler-version';
import { LIMITS } from '../limits';
import type { Artefact } from '../model/compiled-theme';
import { octets } from '../runtime/octets';
import type { LocaleText } from '../theme/locales';
import type { CompiledFile } from './compile-file';
import { foldText, takesText } from './fold-text';
import { BodyWriter, type Surroundings } from './generate';
import { literal, writeExpr, writeHash, type Writer } from './generate-expr';
import { PRELUDE } from './prelude';
import { snippetClosure } from './snippets';
import { countSteps } from './weigh';

/** All that is needed to write the code of a theme. */
export interface ThemeCode {
  /** Snippets first, each before those that call it; then blocks, sections, layouts. */
  readonly files: readonly CompiledFile[];
  /** The text of an asset, in parts: see `Writer.asset`. */
  readonly inlineAsset: (name: string) => readonly string[];
  /** A static style sheet with marks around the files that it names. */
  readonly markStyles: (css: string) => string;
  /** False leaves the checks of budgets out of the code. */
  readonly budgets: boolean;
}

/** How many statements a function, and a whole artefact, may take in from snippets that are written into them. */
const INLINE = { snippet: 250, function: 1_200, artefact: 20_000 } as const;

/** Writes a theme's code for one locale; null when it is more than render processes load. */
export function writeArtefact(
  theme: ThemeCode,
  locale: string,
  texts: ReadonlyMap<string, LocaleText>,
): Artefact | null {
  const js = new ArtefactWriter(theme, locale, texts).write();
  if (js === null || Buffer.byteLength(js) > LIMITS.artefactBytes) return null;
  return {
    format: 'hbt/1',
    compiler: COMPILER,
    locale,
    hash: createHash('sha256').update(js).digest('hex'),
    js,
  };
}

class ArtefactWriter {
  private counter = 0;
  private readonly constants = new Map<string, string>();
  private readonly positions: number[] = [];
  private readonly functions = new Map<string, string>();
  private readonly snippets: ReadonlyMap<string, CompiledFile>;
  private inlined = 0;

  constructor(
    private readonly theme: ThemeCode,
    private readonly locale: string,
    private readonly texts: ReadonlyMap<string, LocaleText>,
  ) {
    this.snippets = new Map(
      theme.files
        .filter(({ unit }) => unit.role === 'snippet')
        .map((file) => [file.unit.name, file]),
    );
  }

  /** The code; null as soon as it is known to be too much. */
  write(): string | null {
    const bodies: string[] = [];
    let size = 0;
    for (const file of this.theme.files) {
      const body = this.writeFunction(file);
      size += body.length;
      if (size > LIMITS.artefactBytes) return null;
      bodies.push(body);
    }
    const constants = [...this.constants].map(
      ([source, name]) => `const ${name}=Object.freeze(${source});`,
    );
    const dynamic = this.theme.files.some((file) => file.unit.facts.textPrefixes.size > 0);
    return [
      '(function(L){"use strict";const N={blocks:null};',
      PRELUDE,
      'const B={all:(v,s,at)=>L.allBlocks(N,v,s,at),one:(v,s,at,id,type)=>L.oneBlock(N,v,s,id,type)};',
      dynamic ? `const D=${this.flatTexts()};` : '',
      ...constants,
      ...bodies,
      `N.blocks=${this.table('block')};`,
      `return {format:"hbt/1",compiler:${literal(COMPILER)},locale:${literal(this.locale)},`,
      `files:[${this.theme.files.map((file) => literal(file.unit.file)).join(',')}],`,
      `positions:[${this.positions.join(',')}],blocks:N.blocks,sections:${this.table('section')},`,
      `layouts:${this.layouts()},styles:${this.statics('styles')},scripts:${this.statics('script')}};})`,
    ].join('\n');
  }

  private fresh(prefix: string): string {
    return `${prefix}${this.counter++}`;
  }

  private writeFunction(file: CompiledFile): string {
    const { unit } = file;
    const name = this.fresh('f');
    this.functions.set(`${unit.role}:${unit.name}`, name);
    const args = unit.args.map((arg) => [arg, this.fresh('a')] as const);
    const w = this.writer(file, new Map(args), []);
    const body = new BodyWriter(w, this.surroundings(w)).write(unit);
    return `function ${name}(${['v', 's', ...args.map(([, id]) => id)].join(',')}){${body}}`;
  }

  /** Snippets as one function calls them: small ones written into it, until it has grown by as much as it may. */
  private surroundings(w: Writer): Surroundings {
    let taken = 0;
    return {
      call: (name) => ({
        unit: this.snippet(name).unit,
        source: this.functions.get(`snippet:${name}`) ?? '',
      }),
      inline: (unit, args) => {
        const size = countSteps(unit.steps);
        if (
          size > INLINE.snippet ||
          taken + size > INLINE.function ||
          this.inlined + size > INLINE.artefact
        )
          return null;
        taken += size;
        this.inlined += size;
        return this.writer(this.snippet(unit.name), args, w.temps);
      },
    };
  }

  private snippet(name: string): CompiledFile {
    const found = this.snippets.get(name);
    // Calls of snippets that do not exist are refused before code is written.
    if (!found) throw new Error(`There is no snippet ${name}.`);
    return found;
  }

  private writer(file: CompiledFile, args: Writer['args'], temps: string[]): Writer {
    const index = this.theme.files.indexOf(file);
    const w: Writer = {
      temps,
      args,
      budgets: this.theme.budgets,
      fresh: (prefix) => this.fresh(prefix),
      at: ({ loc }) => this.positions.push(index, loc.start.line, loc.start.column + 1) / 3 - 1,
      constant: (source) => {
        const known = this.constants.get(source) ?? this.fresh('K');
        this.constants.set(source, known);
        return known;
      },
      text: (call, escaped, reuse) => {
        const key = call.args[0];
        if (key?.op === 'lit') {
          const source = foldText(w, call, this.texts, { locale: this.locale, escaped, reuse });
          return takesText(w, call) ? `(s.at=${w.at(call)},L.filledText(s,${source}))` : source;
        }
        const wanted = key ? writeExpr(w, key) : '""';
        const hash = writeHash(w, call.hash);
        const text = `L.dynamicText(s,D,${wanted},${hash},${escaped})`;
        return `(s.at=${w.at(call)},${text})`;
      },
      asset: this.theme.inlineAsset,
    };
    return w;
  }

  /** The texts that computed keys may mean: all, or those that begin as the keys are known to. */
  private flatTexts(): string {
    const prefixes = this.theme.files.flatMap(({ unit }) => [...unit.facts.textPrefixes]);
    const rows = [...this.texts].flatMap(([key, text]) => {
      if (!prefixes.some((prefix) => key.startsWith(prefix))) return [];
      const name = literal(octets(key));
      if (typeof text === 'string') return [`${name}:${literal(octets(text))}`];
      const forms = Object.entries(text).map(
        ([category, form]) => `${literal(category)}:${literal(octets(form))}`,
      );
      return [`${name}:Object.freeze({__proto__:null,${forms.join(',')}})`];
    });
    return `Object.freeze({__proto__:null,${rows.join(',')}})`;
  }

  private table(role: 'section' | 'block'): string {
    const rows = this.theme.files.flatMap(({ unit, schema }) => {
      if (unit.role !== role) return [];
      const parts = [
        unit.file,
        ...snippetClosure(unit, this.theme.files).map((name) => `snippets/${name}.hbs`),
      ];
      return [
        `${literal(octets(unit.name))}:{render:${this.functions.get(`${role}:${unit.name}`)},file:${literal(unit.file)},` +
          `tag:${literal(schema?.tag ?? 'section')},class:${literal(octets(schema?.class ?? ''))},` +
          `parts:[${parts.map(literal).join(',')}]}`,
      ];
    });
    return `{${rows.join(',')}}`;
  }

  private layouts(): string {
    const rows = this.theme.files.flatMap(({ unit }) =>
      unit.role === 'layout'
        ? [
            `${literal(octets(unit.name))}:{render:${this.functions.get(`layout:${unit.name}`)},` +
              `holes:[${unit.facts.holes.map((hole) => literal(octets(hole.name))).join(',')}]}`,
          ]
        : [],
    );
    return `{${rows.join(',')}}`;
  }

  private statics(part: 'styles' | 'script'): string {
    const rows = this.theme.files
      .filter((file) => file[part].trim() !== '')
      .map((file) => {
        const text = file[part].trim();
        const marked = part === 'styles' ? this.theme.markStyles(text) : text;
        return `${literal(file.unit.file)}:${literal(octets(marked))}`;
      });
    return `{${rows.join(',')}}`;
  }
}
