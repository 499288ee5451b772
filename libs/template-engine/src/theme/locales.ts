import type { Json } from '../context/view';
import { isDenied, LIMITS } from '../limits';
import type { Reporter } from '../diagnostics/reporter';
import { JsonSource } from '../schema/json-source';
import { isJsonObject } from '../schema/check-settings';

/** A text of a locale: one form, or a form per plural category. */
export type LocaleText = string | Readonly<Record<string, string>>;

const CATEGORIES = ['zero', 'one', 'two', 'few', 'many', 'other'];

/** Reads a locale file into flat keys (`cart.items`); null, with a finding, when it cannot be read. */
export function readLocale(
  file: string,
  text: string,
  reporter: Reporter,
): Map<string, LocaleText> | null {
  const texts = new Map<string, LocaleText>();
  if (Buffer.byteLength(text) > LIMITS.localeBytes) {
    reporter.file(file, 'E_TOO_LARGE', `a locale file has at most ${LIMITS.localeBytes} bytes`);
    return null;
  }
  const source = JsonSource.read(file, { full: text, text, offset: 0 }, reporter);
  if (!source) return null;
  flatten(source, source.value, [], texts);
  if (texts.size > LIMITS.localeKeys)
    reporter.file(file, 'E_TOO_LARGE', `${texts.size} texts; the limit is ${LIMITS.localeKeys}`);
  return texts;
}

function flatten(
  source: JsonSource,
  value: Json,
  path: string[],
  texts: Map<string, LocaleText>,
): void {
  const pointer = path.map((part) => `/${part}`).join('');
  if (typeof value === 'string') {
    checkForm(source, pointer, value);
    texts.set(path.join('.'), value);
  } else if (!isJsonObject(value) || path.length > 8) {
    source.report(pointer, 'J_SCHEMA', 'here stands a text, or an object of texts');
    if (path.length > 0) texts.set(path.join('.'), '');
  } else if (path.length > 0 && isPlural(value)) {
    for (const form of Object.values(value)) checkForm(source, pointer, form as string);
    texts.set(path.join('.'), value as Record<string, string>);
  } else
    for (const [key, inner] of Object.entries(value)) {
      if (isDenied(key))
        source.report(`${pointer}/${key}`, 'E_NAME', `the name "${key}" is reserved`);
      else flatten(source, inner, [...path, key], texts);
    }
}

/** What is put into a text may be long, and is once for each place. */
function checkForm(source: JsonSource, pointer: string, form: string): void {
  if (form.length > LIMITS.localeValueChars)
    source.report(
      pointer,
      'E_TOO_LARGE',
      `a text has at most ${LIMITS.localeValueChars} characters`,
    );
  else if (form.split('{{').length - 1 > LIMITS.placeholders)
    source.report(pointer, 'E_TOO_LARGE', `a text has at most ${LIMITS.placeholders} placeholders`);
}

function isPlural(value: Readonly<Record<string, Json>>): boolean {
  const keys = Object.keys(value);
  return (
    keys.includes('other') &&
    keys.every((key) => CATEGORIES.includes(key) && typeof value[key] === 'string')
  );
}

/** The placeholders of a text: `{{ name }}`. */
export function placeholders(text: LocaleText): Set<string> {
  const forms = typeof text === 'string' ? [text] : Object.values(text);
  return new Set(
    forms.flatMap((form) =>
      [...form.matchAll(/\{\{\s*([a-z_][a-z0-9_]*)\s*\}\}/gi)].map((one) => one[1]!),
    ),
  );
}

/** The pieces of a form: texts at even places, names of placeholders at odd ones. */
export function pieces(form: string): string[] {
  return form.split(/\{\{\s*([a-z_][a-z0-9_]*)\s*\}\}/i);
}
