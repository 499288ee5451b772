import * as fc from 'fast-check';
import { checkTheme, compileTheme, type ThemeFiles } from '@libs/template-engine';
import { applyFixes, type Diagnostic, type Edit } from '@template-engine/diagnostics';
import { mutate, randomOf } from './fuzz/mutate';
import { aTheme, renderTheme } from './theme.builder';

/** Everything that a fix is known for, with a number of it chosen by a number. */
const FLAWS: readonly ((n: number) => string)[] = [
  (n) => `<p tabindex="${n + 1}">{{@shop.name}}</p>`,
  (n) => `<b title="中文 😀 ${n}" tabindex=${n + 2}>{{@shop.name}}</b>`,
  () => '<i class={{@shop.name}}>{{@shop.name}}</i>',
  () => '<i class=a-{{@shop.name}} title={{@shop.email}} tabindex="7">{{@shop.name}}</i>',
  () => '<p>{{&@shop.name}}</p>',
  (n) => `\r\n<p>\t{{t "all.${'abc'[n % 3]}"}}</p>`,
  () => '<img src="/x.png" alt="" width="1" height="1" loading="lazy">',
  () => '{{#if @shop.name}}<u>{{@shop.name}}</u>{{else}}<em tabindex=3>{{@shop.email}}</em>{{/if}}',
];
/** Those that do not block. */
const MILD = [0, 1, 5, 6, 7];

interface Wish {
  readonly flaws: readonly [number, number][];
  readonly unknown: readonly string[];
  readonly order: readonly string[];
  readonly texts: readonly string[];
  readonly indent: number;
}

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');

function wishes(kinds: readonly number[], order: fc.Arbitrary<string[]>): fc.Arbitrary<Wish> {
  return fc.record({
    flaws: fc.array(fc.tuple(fc.constantFrom(...kinds), fc.nat(9)), { maxLength: 6 }),
    unknown: fc.uniqueArray(id),
    order,
    texts: fc.uniqueArray(id),
    indent: fc.nat(3),
  });
}

function themeOf({ flaws, unknown, order, texts, indent }: Wish): Map<string, string> {
  const settings = Object.fromEntries(unknown.map((key, i) => [key, i]));
  const section = { type: 'main', settings };
  const words = Object.fromEntries(['a', 'b', 'c', ...texts].map((key) => [key, `Word ${key}`]));
  const json = (value: object) => JSON.stringify(value, null, indent);
  const markup = flaws.map(([kind, n]) => FLAWS[kind]!(n)).join('\n');
  return aTheme({
    'sections/main.hbs': `${markup}{{#schema}}{"name":"x"}{{/schema}}`,
    'sections/other.hbs': '<p>{{t "all.a"}}</p>{{#schema}}{"name":"x"}{{/schema}}',
    'templates/index.json': json({ sections: { a: section, c: { type: 'other' } }, order }),
    'locales/en.default.json': json({ all: words, ...words }),
    'assets/odd.css': 'a { color: red }\r\n\u2028',
  });
}

const anyTheme = wishes(
  FLAWS.map((_, i) => i),
  fc.uniqueArray(id),
).map(themeOf);
const soundTheme = wishes(MILD, fc.constantFrom(['a', 'c'], ['c', 'a'])).map(themeOf);

const kinds = (found: readonly Diagnostic[]) =>
  new Set(found.map((one) => `${one.file} ${one.code}`));
const errors = (found: readonly Diagnostic[]) => found.filter((one) => one.severity === 'error');

/** What cannot be read hides the rest of its file, so each of the six flaws may take a round; the rest of a theme two. */
const mostRounds = 8;

/** Fixes until there are no more; a fix that overlaps another waits for the next round. */
function fixedWhole(files: ThemeFiles): ThemeFiles {
  let now = files;
  for (let round = 0; round <= mostRounds; round++) {
    const next = applyFixes(now, checkTheme(now));
    if ([...next].every(([file, text]) => text === now.get(file))) return next;
    now = next;
  }
  throw new Error('There is always another fix.');
}

/** What a page shows, but for what fixes are there to change. */
function pageOf(files: ThemeFiles): string {
  const globals = { shop: { name: 'A & B', email: 'a@b.example' } };
  return renderTheme(new Map(files), globals)
    .html.replace(/tabindex=("?)\d+\1/g, 'tabindex')
    .replace(/loading="(lazy|eager)"/g, 'loading');
}

test('a theme that compiled compiles after its fixes, shows the same, and has no finding that it had not', () => {
  let changed = 0;
  fc.assert(
    fc.property(soundTheme, (files) => {
      const before = checkTheme(files);
      expect(errors(before)).toEqual([]);
      const fixed = applyFixes(files, before);
      if ([...fixed].some(([file, text]) => text !== files.get(file))) changed++;
      const { meta, diagnostics } = compileTheme(fixed);
      expect(meta).not.toBeNull();
      expect([...kinds(diagnostics)].filter((one) => !kinds(before).has(one))).toEqual([]);
      expect(pageOf(fixed)).toBe(pageOf(files));
    }),
    { numRuns: 60 },
  );
  expect(changed).toBeGreaterThan(10);
});

test('fixes come to an end, and applied again they change nothing; what had no finding stays as it was', () => {
  fc.assert(
    fc.property(anyTheme, (files) => {
      const found = checkTheme(files).filter((one) => one.fix);
      const fixed = applyFixes(files, found);
      expect([...fixed.keys()]).toEqual([...files.keys()]);
      for (const [file, text] of fixed)
        if (!found.some((one) => one.file === file)) expect(text).toBe(files.get(file));
      const whole = fixedWhole(files);
      expect(applyFixes(whole, checkTheme(whole))).toEqual(whole);
      expect(checkTheme(whole).filter((one) => one.fix)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test.each(['{{#if @shop.name}}{{t "all.a"}}', '{{tt "all.a"}}', '<p {{t "all.a"}}></p>'])(
  'no text is taken away while %s cannot be read',
  (markup) => {
    const texts = '{"all":{"a":"Only here"}}';
    const files = aTheme({
      'sections/main.hbs': `${markup}{{#schema}}{"name":"x"}{{/schema}}`,
      'locales/en.default.json': texts,
    });
    const found = checkTheme(files);
    expect(errors(found).length).toBeGreaterThan(0);
    expect(applyFixes(files, found).get('locales/en.default.json')).toBe(texts);
  },
);

test('fixes of damaged themes come to an end, too, and never break what compiled', () => {
  fc.assert(
    fc.property(
      soundTheme,
      fc.nat(),
      fc.constantFrom('sections/main.hbs', 'templates/index.json', 'locales/en.default.json'),
      (files, seed, file) => {
        const damaged = new Map(files);
        damaged.set(file, mutate(files.get(file)!, [...files.values()], randomOf(seed)));
        const before = checkTheme(damaged);
        const whole = fixedWhole(damaged);
        if (errors(before).length === 0) expect(errors(checkTheme(whole))).toEqual([]);
      },
    ),
    { numRuns: 100 },
  );
});

const TEXT = Array.from({ length: 20 }, (_, i) => `<${i}>`).join('');
/** Where the numbered pieces of the text begin. */
const BOUNDS = [...Array.from({ length: 20 }, (_, i) => TEXT.indexOf(`<${i}>`)), TEXT.length];

const edit = fc
  .tuple(fc.nat(20), fc.nat(3))
  .map(([from, length]) => ({ start: BOUNDS[from]!, end: BOUNDS[Math.min(20, from + length)]! }));
const anyFixes = fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { maxLength: 8 });

test('of fixes that overlap one is applied, each whole or not at all, and nothing else is touched', () => {
  fc.assert(
    fc.property(anyFixes, (lists) => {
      const found = lists.map((list, i): Diagnostic => {
        const place = { file: 'a.hbs', line: 1, column: 1, endLine: 1, endColumn: 2 };
        const fix = list.map((one, j): Edit => ({ ...one, text: `[${i}.${j}]` }));
        return { ...place, code: 'X', severity: 'error', message: 'x', fix };
      });
      const files = new Map<string, string | Uint8Array>([
        ['a.hbs', TEXT],
        ['b.hbs', TEXT],
        ['c.png', Buffer.from(TEXT)],
      ]);
      const out = applyFixes(files, found);
      const text = String(out.get('a.hbs'));
      const applied = found.filter((one) => text.includes(one.fix![0]!.text));
      const edits = applied.flatMap((one) => one.fix!);
      for (const one of edits) expect(text.split(one.text)).toHaveLength(2);
      const left = found.filter((one) => !applied.includes(one)).flatMap((one) => one.fix!);
      for (const one of left) expect(text).not.toContain(one.text);
      for (let i = 0; i < 20; i++) {
        const gone = edits.filter(({ start, end }) => start <= BOUNDS[i]! && BOUNDS[i]! < end);
        expect(gone.length).toBeLessThanOrEqual(1);
        expect(text.includes(`<${i}>`)).toBe(gone.length === 0);
      }
      const kept = [...text.matchAll(/<(\d+)>/g)].map(([, n]) => Number(n));
      expect(kept).toEqual(kept.toSorted((a, b) => a - b));
      expect([out.get('b.hbs'), out.get('c.png')]).toEqual([
        files.get('b.hbs'),
        files.get('c.png'),
      ]);
      // With any fix at all, something is done.
      expect(applied.length > 0).toBe(found.some(({ fix }) => isSound(fix!)));
    }),
    { numRuns: 300 },
  );
});

/** Whether the edits of one fix leave each other alone. */
function isSound(fix: readonly Edit[]): boolean {
  return fix.every((a, i) =>
    fix.every((b, j) => {
      if (i >= j) return true;
      const insertsTogether = a.start === b.start && (a.start === a.end || b.start === b.end);
      return !insertsTogether && !(a.start < b.end && b.start < a.end);
    }),
  );
}
