import type { CompiledFile } from '../compile/compile-file';
import type { PrintStep, Step } from '../compile/ir';
import { fileOf, type ThemeView } from './theme';

/** Kinds that hold no markup, however they are printed. */
const PLAIN = new Set(['number', 'bool', 'money', 'safe', 'color', 'null']);

/**
 * Snippets that are called in an attribute, a title or a text field: what they print stands there as it is, so they may
 * print text only, and no quote that ends the attribute.
 */
export function checkTextSnippets(theme: ThemeView): void {
  for (const { unit, html } of theme.files)
    for (const { name, loc, quote } of html.textSnippets) {
      const wrong = markupIn(theme, fileOf(theme, 'snippet', name), quote, new Set());
      if (wrong !== null)
        theme.reporter.add(
          unit.file,
          loc,
          'S_RAW_IN_ATTR',
          `snippets/${name}.hbs prints ${wrong}, which can break out of where it is shown`,
        );
    }
}

function markupIn(
  theme: ThemeView,
  file: CompiledFile | undefined,
  ...[quote, seen]: [string, Set<string>]
): string | null {
  if (!file || seen.has(file.unit.name)) return null;
  seen.add(file.unit.name);
  const inside = (steps: readonly Step[]): string | null => {
    for (const step of steps) {
      const wrong =
        step.op === 'snippet'
          ? markupIn(theme, fileOf(theme, 'snippet', step.name), quote, seen)
          : ownMarkup(step, quote);
      const deeper = 'body' in step ? inside(step.body) : null;
      const found = wrong ?? deeper ?? ('else' in step ? inside(step.else) : null);
      if (found !== null) return found;
    }
    return null;
  };
  return inside(file.unit.steps);
}

function ownMarkup(step: Step, quote: string): string | null {
  switch (step.op) {
    case 'text':
      return quote !== '' && step.value.includes(quote) ? `the sign ${quote}` : null;
    case 'print':
      return printsMarkup(step) ? 'markup' : null;
    case 'form':
    case 'blocks':
    case 'block':
      return 'markup';
    default:
      return null;
  }
}

function printsMarkup({ expr, escaped }: PrintStep): boolean {
  if (PLAIN.has(expr.kind.replace('?', ''))) return false;
  if (expr.op !== 'call') return !escaped;
  const [key] = expr.args;
  if (expr.spec.name === 't') return key?.op === 'lit' && String(key.value).endsWith('_html');
  return !escaped || expr.spec.returns === 'html';
}
