import type { CompiledFile } from '../compile/compile-file';
import { cannotBe, nameOf } from '../compile/check-kinds';
import type { Expr, Step, Unit } from '../compile/ir';
import type { Reporter } from '../diagnostics/reporter';
import { type LocaleText, placeholders } from '../theme/locales';
import { fileOf, type ThemeView } from './theme';
import { expressions } from './walk';

type Call = Extract<Expr, { op: 'call' }>;
type SnippetCall = Extract<Step, { op: 'snippet' }>;

/** Checks what is handed in: to snippets that declare what they take, and to texts with placeholders. */
export function checkCalls(theme: ThemeView): void {
  const texts = theme.locales.get(theme.source.defaultLocale);
  for (const file of theme.files) {
    const called = file.unit.facts.calls.map(({ name }) => fileOf(theme, 'snippet', name));
    const inputs = [file, texts, ...called];
    theme.recall.judge(`calls ${file.unit.file}`, inputs, theme.reporter, (own) =>
      checkFile({ ...theme, reporter: own }, file.unit, texts),
    );
  }
}

function checkFile(
  theme: ThemeView,
  unit: Unit,
  texts: ReadonlyMap<string, LocaleText> | undefined,
): void {
  for (const call of snippetCalls(unit.steps)) {
    const called = fileOf(theme, 'snippet', call.name);
    if (called?.params) checkSnippetCall(unit.file, call, called, theme.reporter);
  }
  if (!texts) return;
  for (const expr of expressions(unit.steps))
    if (expr.op === 'call' && expr.spec.name === 't')
      checkTextCall(unit.file, expr, texts, theme.reporter);
}

function snippetCalls(steps: readonly Step[], found: SnippetCall[] = []): SnippetCall[] {
  for (const step of steps) {
    if (step.op === 'snippet') found.push(step);
    if ('body' in step) snippetCalls(step.body, found);
    if ('else' in step) snippetCalls(step.else, found);
  }
  return found;
}

/** Names that are not declared, and declared ones that have to be there. */
function checkSnippetCall(
  file: string,
  call: SnippetCall,
  { params }: CompiledFile,
  reporter: Reporter,
): void {
  const given = new Set(call.args.map(([name]) => name));
  for (const [name, expr] of call.args)
    if (!params!.has(name))
      reporter.add(
        file,
        expr.loc,
        'C_UNKNOWN_PARAM',
        `snippets/${call.name}.hbs declares no parameter "${name}"`,
        { suggest: { name, among: [...params!.keys()].filter((one) => !given.has(one)) } },
      );
    else if (cannotBe(expr.kind, params!.get(name)!.kind))
      reporter.add(
        file,
        expr.loc,
        'C_UNKNOWN_PARAM',
        `snippets/${call.name}.hbs takes ${nameOf(params!.get(name)!.kind)} as ${name}=, and this is ${nameOf(expr.kind)}`,
      );
  const missing = [...params!].filter(([name, { required }]) => required && !given.has(name));
  // A name that was misspelt is missing, too.
  if (missing.length > 0 && [...given].every((name) => params!.has(name)))
    reporter.add(
      file,
      call.loc,
      'C_UNKNOWN_PARAM',
      `snippets/${call.name}.hbs needs ${missing.map(([name]) => `${name}=`).join(' and ')}`,
    );
}

/** Placeholders of a text that a call hands nothing in for. */
function checkTextCall(
  file: string,
  { args, hash }: Call,
  texts: ReadonlyMap<string, LocaleText>,
  reporter: Reporter,
): void {
  const [key] = args;
  if (key?.op !== 'lit' || typeof key.value !== 'string') return;
  const text = texts.get(key.value);
  if (text === undefined) return;
  const given = new Set(hash.map(([name]) => name));
  const wanted = placeholders(text);
  if (typeof text !== 'string') wanted.add('count');
  const missing = [...wanted].filter((name) => !given.has(name));
  if (missing.length === 0) return;
  const spare = [...given].filter((name) => !wanted.has(name));
  reporter.add(
    file,
    key.loc,
    'L_PLACEHOLDER_MISMATCH',
    `the text "${key.value}" needs ${missing.map((name) => `${name}=`).join(' and ')}` +
      (spare.length > 0 ? `; this call hands in ${spare.join(', ')}` : ''),
    { severity: 'warning' },
  );
}
