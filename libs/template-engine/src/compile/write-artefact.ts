import { createHash } from 'node:crypto';
import type { Artefact } from '../model/compiled-theme';
import type { LocaleText } from '../theme/locales';
import type { CompiledFile } from './compile-file';
import { foldText } from './fold-text';
import { BodyWriter } from './generate';
import { literal, writeExpr, writeHash, type Writer } from './generate-expr';
import { snippetClosure } from './snippets';

/** The compiler's own version; artefacts of another one are compiled again from their source. */
export const COMPILER = '1';

/** All that is needed to write the code of a theme. */
export interface ThemeCode {
  /** Snippets first, each before those that call it; then blocks, sections, layouts. */
  readonly files: readonly CompiledFile[];
  /** The text of an asset, in parts: see `Writer.asset`. */
  readonly inlineAsset: (name: string) => readonly string[];
  /** A static style sheet with marks around the files that it names. */
  readonly markStyles: (css: string) => string;
}

/** Writes a theme's code for one locale. */
export function writeArtefact(
  theme: ThemeCode,
  locale: string,
  texts: ReadonlyMap<string, LocaleText>,
): Artefact {
  const js = new ArtefactWriter(theme, locale, texts).write();
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

  constructor(
    private readonly theme: ThemeCode,
    private readonly locale: string,
    private readonly texts: ReadonlyMap<string, LocaleText>,
  ) {}

  write(): string {
    const bodies = this.theme.files.map((file, index) => this.writeFunction(file, index));
    const constants = [...this.constants].map(
      ([source, name]) => `const ${name}=Object.freeze(${source});`,
    );
    const dynamic = this.theme.files.some((file) => file.unit.facts.textPrefixes.size > 0);
    return [
      '(function(L){"use strict";const T={blocks:null};',
      'const B={all:(v,s,at)=>L.allBlocks(T,v,s,at),one:(v,s,at,id,type)=>L.oneBlock(T,v,s,id,type)};',
      dynamic ? `const D=${this.flatTexts()};` : '',
      ...constants,
      ...bodies,
      `T.blocks=${this.table('block')};`,
      `return {format:"hbt/1",compiler:${literal(COMPILER)},locale:${literal(this.locale)},`,
      `files:[${this.theme.files.map((file) => literal(file.unit.file)).join(',')}],`,
      `positions:[${this.positions.join(',')}],blocks:T.blocks,sections:${this.table('section')},`,
      `layouts:${this.layouts()},styles:${this.statics('styles')},scripts:${this.statics('script')}};})`,
    ].join('\n');
  }

  private fresh(prefix: string): string {
    return `${prefix}${this.counter++}`;
  }

  private writeFunction({ unit }: CompiledFile, index: number): string {
    const name = this.fresh('f');
    this.functions.set(`${unit.role}:${unit.name}`, name);
    const w = this.writer(unit.args, index);
    const argsOf = (snippet: string) =>
      this.theme.files.find((file) => file.unit.role === 'snippet' && file.unit.name === snippet)
        ?.unit.args ?? [];
    const body = new BodyWriter(w, argsOf, (snippet) =>
      this.functions.get(`snippet:${snippet}`)!,
    ).write(unit);
    const params = ['v', 's', ...unit.args.map((_, i) => `a${i}`)];
    return `function ${name}(${params.join(',')}){${body}}`;
  }

  private writer(args: readonly string[], index: number): Writer {
    const temps: string[] = [];
    const w: Writer = {
      temps,
      args,
      fresh: (prefix) => this.fresh(prefix),
      at: ({ loc }) => this.positions.push(index, loc.start.line, loc.start.column + 1) / 3 - 1,
      constant: (source) => {
        const known = this.constants.get(source) ?? this.fresh('K');
        this.constants.set(source, known);
        return known;
      },
      text: (call, escaped) => {
        const key = call.args[0];
        if (key?.op === 'lit') return foldText(w, call, this.texts, this.locale, escaped);
        const wanted = key ? writeExpr(w, key) : '""';
        const hash = writeHash(w, call.hash);
        return `(s.at=${w.at(call)},L.dynamicText(s,D,${wanted},${hash},${escaped}))`;
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
      if (typeof text === 'string') return [`${literal(key)}:${literal(text)}`];
      const forms = Object.entries(text).map(([name, form]) => `${literal(name)}:${literal(form)}`);
      return [`${literal(key)}:Object.freeze({__proto__:null,${forms.join(',')}})`];
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
        `${literal(unit.name)}:{render:${this.functions.get(`${role}:${unit.name}`)},file:${literal(unit.file)},` +
          `tag:${literal(schema?.tag ?? 'section')},class:${literal(schema?.class ?? '')},` +
          `parts:[${parts.map(literal).join(',')}]}`,
      ];
    });
    return `{${rows.join(',')}}`;
  }

  private layouts(): string {
    const rows = this.theme.files.flatMap(({ unit }) =>
      unit.role === 'layout'
        ? [
            `${literal(unit.name)}:{render:${this.functions.get(`layout:${unit.name}`)},` +
              `holes:[${unit.facts.holes.map((hole) => literal(hole.name)).join(',')}]}`,
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
        return `${literal(file.unit.file)}:${literal(marked)}`;
      });
    return `{${rows.join(',')}}`;
  }
}
