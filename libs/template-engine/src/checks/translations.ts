import { type Extra, spanOfOffset, spanOfRange } from '../diagnostics/reporter';
import type { Code } from '../diagnostics/codes';
import { type LocaleText, placeholders } from '../theme/locales';
import { jsonTree, nodeAt } from './json-tree';
import type { ThemeView } from './theme';

type Texts = ReadonlyMap<string, LocaleText>;

/** Compares every language with the default one: texts of their own, values left out, placeholders of other systems. */
export function checkTranslations(theme: ThemeView): void {
  const { source, locales, labels, files } = theme;
  const asked = new Set(files.flatMap((file) => [...file.unit.facts.texts]));
  const base = locales.get(source.defaultLocale);
  for (const name of source.locales.keys()) {
    const schema = name.endsWith('.schema');
    const locale = name.replace(/\.schema$/, '').replace(/\.default$/, '');
    const texts = schema ? labels.get(name) : locales.get(locale);
    if (!texts) continue;
    const origin = schema ? labelsOfDefault(theme) : base;
    const language = new Language(theme, `locales/${name}.json`, texts);
    if (!schema) language.foreign(origin);
    if (!origin || origin === texts) continue;
    language.unknown(origin, asked);
    if (!schema) language.left(origin);
  }
}

function labelsOfDefault({ source, labels }: ThemeView): Texts | undefined {
  const { defaultLocale } = source;
  return labels.get(`${defaultLocale}.default.schema`) ?? labels.get(`${defaultLocale}.schema`);
}

class Language {
  constructor(
    private readonly theme: ThemeView,
    private readonly file: string,
    private readonly texts: Texts,
  ) {}

  /** Keys that nobody asks for, since the default locale does not have them. */
  unknown(base: Texts, asked: ReadonlySet<string>): void {
    for (const key of this.texts.keys()) {
      if (base.has(key) || asked.has(key)) continue;
      const owner = base.get(key.slice(0, key.lastIndexOf('.')));
      const plural = owner !== undefined && typeof owner !== 'string';
      this.tell(
        key,
        'L_UNKNOWN_KEY',
        plural
          ? `"${key}" is no text of its own: the forms of a text need "other"`
          : `the default locale has no text "${key}"`,
        plural ? {} : { suggest: { name: key, among: missingIn(base, this.texts) } },
      );
    }
  }

  /** Values that a translation leaves out. One that it calls by another name is told already. */
  left(base: Texts): void {
    for (const [key, text] of this.texts) {
      const origin = base.get(key);
      if (origin === undefined || !mayHold(origin, '{{')) continue;
      const wanted = placeholders(origin);
      if (wanted.size === 0) continue;
      const own = placeholders(text);
      const gone = [...wanted].filter((name) => !own.has(name));
      if (gone.length === 0 || [...own].some((name) => !wanted.has(name))) continue;
      if (foreignIn(text, wanted) !== null) continue;
      const names = gone.map((name) => `{{ ${name} }}`).join(' and ');
      const extra: Extra = { severity: 'warning' };
      const message = `"${key}" leaves out ${names}, which the default locale has`;
      this.tell(key, 'L_PLACEHOLDER_MISMATCH', message, extra);
    }
  }

  /** `%{name}` and the like, which are printed as they stand. */
  foreign(base: Texts | undefined): void {
    for (const [key, text] of this.texts) {
      if (!mayHold(text, '{') && !mayHold(text, '%')) continue;
      const found = foreignIn(text, placeholders(base?.get(key) ?? ''));
      if (!found) continue;
      const { written, name } = found;
      this.tell(key, 'L_PLACEHOLDER_MISMATCH', `"${key}" prints ${written} as it stands`, {
        severity: 'warning',
        suggest: { name: '', among: [], known: [`{{ ${name} }}`] },
      });
    }
  }

  private tell(key: string, code: Code, message: string, extra: Extra): void {
    const { reporter } = this.theme;
    const content = reporter.textOf(this.file);
    const node = nodeAt((this.tree ??= jsonTree(content)), key.split('.'));
    const at = code === 'L_UNKNOWN_KEY' ? (node?.keyStart ?? 0) : (node?.start ?? 0);
    const span =
      code === 'L_UNKNOWN_KEY' && node
        ? spanOfRange(content, at, at + JSON.stringify(key.split('.').at(-1)).length)
        : spanOfOffset(content, at);
    reporter.add(this.file, span, code, message, extra);
  }

  private tree: ReturnType<typeof jsonTree> | undefined;
}

function* missingIn(base: Texts, texts: Texts): Generator<string> {
  for (const key of base.keys()) if (!texts.has(key)) yield key;
}

function mayHold(text: LocaleText, sign: string): boolean {
  if (typeof text === 'string') return text.includes(sign);
  return Object.values(text).some((form) => form.includes(sign));
}

/** A placeholder of another system: `%{name}` in any case, `{name}` and `%name%` where a value of this name is handed in. */
function foreignIn(
  text: LocaleText,
  known: ReadonlySet<string>,
): { written: string; name: string } | null {
  for (const form of typeof text === 'string' ? [text] : Object.values(text)) {
    const [written, name] = /[%$]\{\s*([a-z_]\w*)\s*\}/i.exec(form) ?? [];
    if (written !== undefined && name !== undefined) return { written, name };
    for (const one of known) {
      if (!form.includes(one)) continue;
      const single = new RegExp(`(?<!\\{)\\{ ?${one} ?\\}(?!\\})|%${one}%`).exec(form);
      if (single) return { written: single[0], name: one };
    }
  }
  return null;
}
