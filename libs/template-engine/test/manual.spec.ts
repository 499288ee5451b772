import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { checkTheme } from '@libs/template-engine';
import { manualPages } from '../manual';
import { aTheme } from './theme.builder';

const folder = resolve(__dirname, '../../../docs/theme-manual');
const starter = resolve(__dirname, '../../../themes/starter');
const pages = manualPages();
const written = readdirSync(folder).filter((name) => name.endsWith('.md') && !pages.has(name));
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** A block of code of a page; `file` when the line above names where it stands in a theme. */
interface Fence {
  readonly language: string;
  readonly text: string;
  readonly file: string | undefined;
}

function fencesOf(text: string): Fence[] {
  const form = /(?:^`([^`\n]+)`:\n\n)?^```(\S[^\n]*)\n([\s\S]*?)^```$/gm;
  return [...text.matchAll(form)].map(([, file, language, body]) => ({
    language: language!,
    text: body!,
    file,
  }));
}

/** GitHub's anchors of a page's headings, and those written out. */
function anchorsOf(text: string): Set<string> {
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
  const ids = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id!);
  return new Set([...headings, ...ids]);
}

function starterFiles(): Map<string, string> {
  const files = readdirSync(starter, { recursive: true, withFileTypes: true });
  return new Map(
    files
      .filter((file) => file.isFile())
      .map((file) => {
        const path = join(file.parentPath, file.name);
        const name = path.slice(starter.length + 1).replaceAll('\\', '/');
        return [name, readFileSync(path, 'utf8')] as const;
      }),
  );
}

test.each([...pages])('%s says what the tables say: `npm run manual` writes it', (name, text) => {
  expect(read(name)).toBe(text);
});

test('no page claims to be written from tables that is not', () => {
  expect(written.filter((name) => read(name).startsWith('<!-- Written by'))).toEqual([]);
});

test.each([...pages.keys(), ...written])('every link of %s leads somewhere', (name) => {
  const prose = read(name)
    .replace(/^```[\s\S]*?^```$/gm, '')
    .replace(/`[^`\n]*`/g, '');
  const dead = [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target!)
    .filter((target) => !/^https?:/.test(target))
    .filter((target) => {
      const [file, anchor] = target.split('#') as [string, string?];
      const path = file === '' ? join(folder, name) : resolve(dirname(join(folder, name)), file);
      if (!existsSync(path)) return true;
      return anchor !== undefined && !anchorsOf(readFileSync(path, 'utf8')).has(anchor);
    });
  expect(dead).toEqual([]);
});

/** The examples stand alone: what they call from the rest of a theme is not there. */
const outside = new Set(['L_MISSING_KEY', 'F_MISSING_SNIPPET']);

const examples = written.flatMap((name) =>
  fencesOf(read(name)).map((fence, n) => [name, n, fence] as const),
);

test.each(examples.filter(([, , { language }]) => language.startsWith('hbs')))(
  'markup of %s, block %i, is what the checks let pass',
  (_, __, { text, language }) => {
    const files: Record<string, string> = language.includes('layout')
      ? { 'layout/theme.hbs': text, 'assets/base.css': '' }
      : { 'sections/main.hbs': withSchema(text) };
    const errors = checkTheme(aTheme(files)).filter(
      ({ severity, code }) => severity === 'error' && !outside.has(code),
    );
    expect(errors).toEqual([]);
  },
);

function withSchema(text: string): string {
  return text.includes('{{#schema}}') ? text : `${text}{{#schema}}{"name":"Example"}{{/schema}}`;
}

test.each(examples.filter(([, , { language }]) => language === 'json'))(
  'data of %s, block %i, is JSON',
  (_, __, { text }) => {
    expect(() => JSON.parse(text) as unknown).not.toThrow();
  },
);

test('the tutorial’s theme has no finding at all', () => {
  const files = starterFiles();
  const locale = 'locales/en.default.json';
  expect(checkTheme(files)).toEqual([]);
  const steps = fencesOf(read('tutorial.md'));
  for (const { file, text } of steps) if (file) files.set(file, text);
  expect([...files.keys()].filter((name) => /reasons/.test(name))).toEqual([
    'sections/reasons.hbs',
  ]);
  expect(checkTheme(files).map(({ code }) => code)).toEqual(['L_MISSING_KEY']);
  const added = steps.find(({ language, file }) => language === 'json' && !file);
  const texts = { ...JSON.parse(files.get(locale)!), ...JSON.parse(added!.text) };
  files.set(locale, JSON.stringify(texts));
  expect(checkTheme(files)).toEqual([]);
});
