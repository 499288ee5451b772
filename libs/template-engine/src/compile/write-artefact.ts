import { createHash } from 'node:crypto';
import { COMPILER } from '../compiler-version';
import { LIMITS } from '../limits';
import type { Artefact } from '../model/compiled-theme';
import { octets } from '../runtime/octets';
import type { LocaleText } from '../theme/locales';
import type { CompiledFile } from './compile-file';
import { literal } from './generate-expr';
import { fillGaps, type OpenCode } from './open-code';
import { PRELUDE } from './prelude';
import type { Recall } from './recall';
import type { Snippets } from './snippets';
import { writeFunction } from './write-function';

/** All that is needed to write the code of a theme. */
export interface ThemeCode {
  /** Snippets first, each before those that call it; then blocks, sections, layouts. */
  readonly files: readonly CompiledFile[];
  readonly snippets: Snippets;
  /** The text of an asset, in parts: see `Writer.asset`. */
  readonly inlineAsset: (name: string) => readonly string[];
  /** The static style sheet of a file with marks around the files that it names. */
  readonly markStyles: (file: CompiledFile) => string;
  /** False leaves the checks of budgets out of the code. */
  readonly budgets: boolean;
  /** What was written of the same theme before. */
  readonly recall: Recall;
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
  private readonly places = {
    counter: 0,
    constants: new Map<string, string>(),
    snippets: new Map<string, string>(),
  };
  private readonly functions = new Map<CompiledFile, string>();
  private readonly positions: number[] = [];
  private readonly indexes: ReadonlyMap<CompiledFile, number>;
  private inlined = 0;

  constructor(
    private readonly theme: ThemeCode,
    private readonly locale: string,
    private readonly texts: ReadonlyMap<string, LocaleText>,
  ) {
    this.indexes = new Map(theme.files.map((file, index) => [file, index]));
  }

  /** The code; null as soon as it is known to be too much. */
  write(): string | null {
    const bodies: string[] = [];
    let size = 0;
    for (const file of this.theme.files) {
      const body = this.place(file, this.openCode(file));
      size += body.length;
      if (size > LIMITS.artefactBytes) return null;
      bodies.push(body);
    }
    const constants = [...this.places.constants].map(
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

  /** A file's function before it has a place; the same as long as nothing that it is made of is another. */
  private openCode(file: CompiledFile): OpenCode {
    const { theme, texts, locale } = this;
    const parts = theme.snippets.partsOf(file);
    const room = Math.min(INLINE.function, INLINE.artefact - this.inlined);
    const inlined = parts.flatMap(({ unit }) => unit.facts.inlined.map(({ name }) => name));
    const inputs = [room, theme.budgets, texts, ...parts, ...inlined.map(theme.inlineAsset)];
    const key = `code ${locale} ${file.unit.file}`;
    return theme.recall.keep(key, inputs, () =>
      writeFunction(file, { ...theme, locale, texts, inline: { ...INLINE, function: room } }),
    );
  }

  /** The code of a file's function at its place in the artefact. */
  private place(file: CompiledFile, { gaps, pieces, positions, inlined }: OpenCode): string {
    const { unit } = file;
    const names = fillGaps(gaps, this.places, this.positions.length / 3);
    // Its own name is the first that a function takes.
    const name = names[0] ?? '';
    this.functions.set(file, name);
    if (unit.role === 'snippet') this.places.snippets.set(unit.name, name);
    for (const { file: of, start } of positions)
      this.positions.push(this.indexes.get(of) ?? 0, start.line, start.column + 1);
    this.inlined += inlined;
    const key = `placed ${this.locale} ${unit.file}`;
    return this.theme.recall.keep(key, [pieces, names.join(' ')], () =>
      pieces.map((piece) => (typeof piece === 'number' ? names[piece] : piece)).join(''),
    );
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
    const rows = this.theme.files.flatMap((file) => {
      const { unit, schema } = file;
      if (unit.role !== role) return [];
      const parts = this.theme.snippets.partsOf(file).map((one) => one.unit.file);
      return [
        `${literal(octets(unit.name))}:{render:${this.functions.get(file)},file:${literal(unit.file)},` +
          `tag:${literal(schema?.tag ?? 'section')},class:${literal(octets(schema?.class ?? ''))},` +
          `parts:[${parts.map(literal).join(',')}]}`,
      ];
    });
    return `{${rows.join(',')}}`;
  }

  private layouts(): string {
    const rows = this.theme.files.flatMap((file) =>
      file.unit.role === 'layout'
        ? [
            `${literal(octets(file.unit.name))}:{render:${this.functions.get(file)},` +
              `holes:[${file.unit.facts.holes.map((hole) => literal(octets(hole.name))).join(',')}]}`,
          ]
        : [],
    );
    return `{${rows.join(',')}}`;
  }

  private statics(part: 'styles' | 'script'): string {
    const rows = this.theme.files
      .filter((file) => file[part].trim() !== '')
      .map((file) => {
        const text = part === 'styles' ? this.theme.markStyles(file) : file.script.trim();
        return this.theme.recall.keep(
          `${part} of ${file.unit.file}`,
          [text],
          () => `${literal(file.unit.file)}:${literal(octets(text))}`,
        );
      });
    return `{${rows.join(',')}}`;
  }
}
