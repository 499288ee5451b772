import { checkCssReferences } from '../assets/check-assets';
import type { Json } from '../context/view';
import { type Reporter, spanOfOffset } from '../diagnostics/reporter';
import { checkHtml } from '../html/check-html';
import type { HtmlFacts } from '../html/facts';
import { LIMITS } from '../limits';
import type { SectionSchema, SettingSchema } from '../model/templates';
import { type CutFile, type CutPart, cutParts } from '../parse/cut-parts';
import { parseMarkup } from '../parse/parse';
import { checkSectionSchema } from '../schema/check-section';
import { JsonSource } from '../schema/json-source';
import { checkKinds } from './check-kinds';
import { type FileContext, noFacts, type ThemeNames } from './context';
import type { Role, Unit } from './ir';
import { settingKind } from './kinds';
import { countNodes, lowerProgram } from './lower';
import { TOP } from './scope';

/** A file after all checks of its own: ready to be written as code. */
export interface CompiledFile {
  readonly unit: Unit;
  readonly schema: SectionSchema | null;
  readonly settings: readonly SettingSchema[];
  /** The text of the schema, and where it stands in the file. */
  readonly schemaPart: CutPart | null;
  readonly styles: string;
  /** Offset of `styles` in the file. */
  readonly stylesAt: number;
  readonly script: string;
  readonly html: HtmlFacts;
  /** It has a finding that blocks publishing. */
  readonly failed: boolean;
  /** What a snippet declares that it takes; null when it declares nothing. */
  readonly params: ReadonlyMap<string, Param> | null;
}

/** A declared parameter of a snippet. */
interface Param {
  readonly kind: string;
  readonly required: boolean;
}

/** Cuts, parses, resolves and checks one template file. Null when it cannot be read at all. */
export function compileFile(
  of: { readonly file: string; readonly role: Role; readonly name: string },
  source: string,
  theme: ThemeNames,
  reporter: Reporter,
): CompiledFile | null {
  // Its size was reported where the file was read.
  if (Buffer.byteLength(source) > LIMITS.localeBytes) return null;
  const failures = reporter.failures;
  const cut = cutParts(of.file, source, reporter);
  const schema = readSchema(of, source, cut, { theme, reporter });
  checkStatic(of.file, source, cut, { theme, reporter });
  const program = parseMarkup(of.file, cut.markup, reporter);
  if (!program) return null;
  if (countNodes(program) > LIMITS.nodesPerFile) {
    reporter.file(of.file, 'E_TOO_LARGE', `more than ${LIMITS.nodesPerFile} nodes`);
    return null;
  }
  const settings = schema?.settings ?? [];
  const params = of.role === 'snippet' ? declaredParams(source) : null;
  const ctx: FileContext = {
    file: of.file,
    role: of.role,
    theme,
    settings: schema && new Map(schema.ids.map((id) => [id, kindOf(settings, id)])),
    params: params && new Map([...params].map(([name, { kind }]) => [name, kind])),
    args: new Map(),
    facts: noFacts(),
    report: reporter,
    nextId: 0,
  };
  const steps = lowerProgram(ctx, TOP, program);
  checkKinds(of.file, steps, reporter);
  const html = checkHtml(of, { steps, blocks: schema?.schema.blocks ?? [] }, reporter);
  return {
    unit: { ...of, steps, args: [...ctx.args.keys()], facts: ctx.facts },
    schema: schema?.schema ?? null,
    settings,
    schemaPart: cut.schema,
    styles: cut.styles?.text ?? '',
    stylesAt: cut.styles?.offset ?? 0,
    html,
    params,
    failed: reporter.failures > failures,
    script: cut.script?.text ?? '',
  };
}

/** A setting that was refused is none of which more can be said. */
function kindOf(settings: readonly SettingSchema[], id: string): string {
  const setting = settings.find((one) => one.id === id);
  return setting ? settingKind(setting.type) : 'any';
}

function readSchema(
  of: { readonly file: string; readonly role: Role; readonly name: string },
  source: string,
  cut: CutFile,
  { theme, reporter }: { theme: ThemeNames; reporter: Reporter },
) {
  const wanted = of.role === 'section' || of.role === 'block';
  if (!cut.schema) {
    if (wanted)
      reporter.file(of.file, 'J_SCHEMA', `a ${of.role} needs a {{#schema}} with at least a name`);
    return null;
  }
  if (!wanted) {
    reporter.add(
      of.file,
      spanOfOffset(source, cut.schema.offset),
      'J_SCHEMA',
      `a ${of.role} has no schema`,
    );
    return null;
  }
  const json = JsonSource.read(of.file, { full: source, ...cut.schema }, reporter);
  return json && checkSectionSchema(json, theme.blocks);
}

function checkStatic(
  file: string,
  source: string,
  cut: CutFile,
  { theme, reporter }: { theme: ThemeNames; reporter: Reporter },
): void {
  if (cut.styles)
    checkCssReferences(
      { file: file, full: source, css: cut.styles.text, at: cut.styles.offset },
      theme.assets,
      reporter,
    );
  for (const [part, pattern] of [
    [cut.styles, /<\/?(?:style|script)|<!--|@import|expression\s*\(|javascript:/i],
    [cut.script, /<\/script|<!--/i],
  ] as const) {
    const at = part ? part.text.search(pattern) : -1;
    if (part && at !== -1)
      reporter.add(
        file,
        spanOfOffset(source, part.offset + at),
        'E_SYNTAX',
        'this cannot stand in a static part',
      );
  }
}

const PARAM_KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  text: 'text',
  boolean: 'bool',
  bool: 'bool',
};

/** `@param {product} product required` lines of a comment at the head of a snippet; null when there are none. */
function declaredParams(source: string): Map<string, Param> | null {
  const comment = /^\s*\{\{!--([\s\S]*?)--\}\}/.exec(source)?.[1] ?? '';
  const found = [
    ...comment.matchAll(/@param\s+\{([\w[\]?]+)\}\s+\[?([A-Za-z_]\w*)([ \t]+required\b)?/g),
  ];
  if (found.length === 0) return null;
  return new Map(
    found.map(([, kind = 'any', name = '', required]) => [
      name,
      { kind: PARAM_KINDS[kind] ?? kind, required: required !== undefined },
    ]),
  );
}

/** Narrows JSON to text. */
export function asText(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
