import fs from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { checkTheme, type Diagnostic, type ThemeFiles } from '@libs/template-engine';
import { applyFixes, type Code, CODES, diagnosticsToJson } from '@template-engine/diagnostics';
import { aTheme } from './theme.builder';

/** Stands before the place that a finding must point at. */
const MARK = '‸';
const folder = path.join(__dirname, 'checks');
const names = fs.readdirSync(folder).sort();
const codeOf = (name: string) => name.replace(/^\d{3}-/, '') as Code;

/** Codes about a name that does not exist: they say which was probably meant. */
const NAMING = new Set<Code>([
  'E_UNKNOWN_HELPER',
  'F_MISSING_SNIPPET',
  'F_MISSING_ASSET',
  'F_MISSING_SECTION',
  'F_MISSING_BLOCK',
  'F_MISSING_GROUP',
  'C_UNKNOWN_SETTING',
  'C_UNKNOWN_OBJECT',
  'C_UNKNOWN_NAME',
  'C_UNKNOWN_PROPERTY',
  'C_UNKNOWN_PARAM',
  'C_UNKNOWN_CHOICE',
  'C_KIND',
  'J_SCHEMA',
  'J_ORDER',
  'L_MISSING_KEY',
  'L_MISSING_LABEL',
  'L_UNKNOWN_KEY',
  'L_PLACEHOLDER_MISMATCH',
  'H_MISSING_TARGET',
  'A_ARIA_ROLE',
  'A_ARIA_ATTR',
]);

/** The minimal theme, which has no finding of its own. */
const LAYOUT = `<!doctype html><html lang="{{@request.locale}}" dir="{{@request.dir}}"><head>{{content_for_head}}</head>
<body><a href="#main">{{@shop.name}}</a>{{group "header"}}<main id="main">{{content}}</main>{{group "footer"}}{{content_for_body_end}}</body></html>`;

const CLEAN = {
  'layout/theme.hbs': LAYOUT,
  'sections/main.hbs': '<p></p>{{#schema}}{"name":"Main"}{{/schema}}',
};

interface Fragment {
  readonly files: Map<string, string>;
  /** `file:line:column` of every mark. */
  readonly marks: string[];
  /** Files that the fragment names. */
  readonly named: string[];
}

/** Reads a fragment: `--- path` begins a file; `(absent)` takes one away, `(repeat n)` and `(random n)` make long ones. */
function readFragment(name: string, side: 'bad' | 'good' | 'fixed'): Fragment {
  const files = aTheme(CLEAN);
  const marks: string[] = [];
  const named: string[] = [];
  const text = fs.readFileSync(path.join(folder, name, `${side}.theme`), 'utf8');
  for (const part of text.split(/^--- /m).slice(1)) {
    const [head = '', ...lines] = part.split('\n');
    const [, mark, file = '', kind, size] =
      /^(‸?)(\S+?)(?: \((absent|repeat|random) ?(\d*)\))?$/.exec(head) ?? [];
    named.push(file);
    if (mark) marks.push(`${file}:1:1`);
    if (kind === 'absent') {
      files.delete(file);
      continue;
    }
    let content = lines.join('\n').replace(/\n$/, '');
    if (kind === 'repeat') content = content.repeat(Number(size));
    if (kind === 'random') content = noise(Number(size));
    for (let at = content.indexOf(MARK); at !== -1; at = content.indexOf(MARK)) {
      const before = content.slice(0, at).split('\n');
      marks.push(`${file}:${before.length}:${before.at(-1)!.length + 1}`);
      content = content.slice(0, at) + content.slice(at + 1);
    }
    if (/^sections\/.*hbs$/.test(file) && !content.includes('{{#schema}}'))
      content += '{{#schema}}{"name":"x"}{{/schema}}';
    files.set(file, content);
  }
  return { files, marks, named };
}

/** Text that gzip cannot shrink much, always the same. */
function noise(length: number): string {
  let seed = 1;
  return Array.from({ length }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return String.fromCharCode(33 + (seed % 90));
  }).join('');
}

/** The dry run is for its own code: it renders every page. */
function check(files: ThemeFiles, code: Code): readonly Diagnostic[] {
  return checkTheme(files, code === 'P_STEPS' ? { dryRun: {} } : {});
}

const placeOf = (one: Diagnostic) => `${one.file}:${one.line}:${one.column}`;

test('every code has its numbered fixture, and every fixture its code', () => {
  expect(names.map((name) => name.slice(0, 3))).toEqual(
    names.map((_, i) => String(i + 1).padStart(3, '0')),
  );
  expect(names.map(codeOf).sort()).toEqual(Object.keys(CODES).sort());
});

test('a value of a misspelt setting is named, not taken away', () => {
  const schema = '{"name":"x","settings":[{"type":"text","id":"heading"}]}';
  const settings = { headng: 'Hello', old: 1 };
  const template = { sections: { a: { type: 'main', settings } }, order: ['a'] };
  const files = aTheme({
    ...CLEAN,
    'sections/main.hbs': `<p>{{@section.settings.heading}}</p>{{#schema}}${schema}{{/schema}}`,
    'templates/page.json': JSON.stringify(template),
  });
  const found = checkTheme(files).filter((one) => one.code === 'J_VALUE');
  expect(found.map((one) => [one.pointer, one.suggestion])).toEqual([
    ['/sections/a/settings/headng', 'heading'],
    ['/sections/a/settings/old', undefined],
  ]);
  const fixed = String(applyFixes(files, found).get('templates/page.json'));
  expect(JSON.parse(fixed).sections.a.settings).toEqual({ headng: 'Hello' });
});

test('only fixable codes have a fixture of what is fixed', () => {
  const fixed = names.filter((name) => fs.existsSync(path.join(folder, name, 'fixed.theme')));
  expect(fixed).toEqual(names.filter((name) => CODES[codeOf(name)].fixable));
});

test('a helper that is not there is one finding, also where it was to name a link', () => {
  const links = '<a href="/">{{tt "x"}}</a><button type="button">{{nothing}}</button>';
  const files = aTheme({ 'sections/main.hbs': `${links}{{#schema}}{"name":"M"}{{/schema}}` });
  const found = checkTheme(files).filter(({ file }) => file === 'sections/main.hbs');
  expect(found.map(({ code }) => code)).toEqual(['E_UNKNOWN_HELPER', 'E_UNKNOWN_HELPER']);
});

test('warnings never crowd errors out', () => {
  const warnings = '<h1></h1><h3></h3>\n'.repeat(600);
  const found = checkTheme(
    aTheme({
      ...CLEAN,
      'sections/main.hbs': `${warnings}<base>{{#schema}}{"name":"x"}{{/schema}}`,
    }),
  );
  expect(found.filter((one) => one.severity === 'error').map((one) => one.code)).toEqual([
    'S_BASE',
  ]);
});

test('the minimal theme under the fixtures is clean', () => {
  expect(checkTheme(aTheme(CLEAN))).toEqual([]);
});

test.each(names)('%s', (name) => {
  const code = codeOf(name);
  const { files, marks } = readFragment(name, 'bad');
  const found = check(files, code);
  const own = found.filter((one) => one.code === code);
  expect(own.map(placeOf).toSorted()).toEqual(marks.toSorted());
  expect(own.length).toBeGreaterThan(0);
  expect(check(readFragment(name, 'good').files, code)).toEqual([]);
  for (const one of diagnosticsToJson(own)) {
    expect(one.docs).toBe(`docs/theme-manual/checks.md#${code.toLowerCase()}`);
    expect([one.endLine, one.endColumn]).not.toEqual([one.line, one.column]);
    expect(one.help.length).toBeGreaterThan(30);
    expect(one.message.length).toBeGreaterThan(10);
    const text = files.get(one.file);
    if (text === undefined) expect(one.frame).toBeNull();
    else expect(one.frame).toContain(`> ${String(one.line).padStart(4)} | `);
    expect(one.suggestion !== null).toBe(NAMING.has(code));
  }
});

test.each(names)('%s gives no other code', (name) => {
  const code = codeOf(name);
  const found = check(readFragment(name, 'bad').files, code);
  expect([...new Set(found.map((one) => one.code))].filter((one) => !alsoFound(code, one))).toEqual(
    [],
  );
});

/** A handler with a value in it is a handler, too. */
function alsoFound(code: string, other: string): boolean {
  return other === code || (code === 'S_HANDLER_INTERPOLATION' && other === 'S_INLINE_HANDLER');
}

const fixable = names.filter((name) => CODES[codeOf(name)].fixable);

test.each(fixable)('%s is fixed, once and for all', (name) => {
  const code = codeOf(name);
  const { files } = readFragment(name, 'bad');
  const fixed = applyFixes(files, check(files, code));
  const wanted = readFragment(name, 'fixed');
  for (const file of wanted.named) expect(fixed.get(file)).toBe(wanted.files.get(file));
  const again = check(fixed, code);
  expect(again.filter((one) => one.code === code)).toEqual([]);
  expect(applyFixes(fixed, again)).toEqual(fixed);
  for (const [file, content] of files)
    if (!wanted.named.includes(file)) expect(fixed.get(file)).toBe(content);
});

const piece = fc.constantFrom(
  '<p tabindex="4">{{@shop.name}}</p>',
  '<i class={{@shop.name}} tabindex="2"></i>',
  '\n  {{#if @shop.name}}\n  <b class={{@shop.email}}>{{@shop.name}}</b>\n  {{/if}}\n',
  '<u\n tabindex=1 class="x"></u>',
  '中文 😀 {{@shop.name}}\n',
);
const keys = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));

test('fixes change nothing when they are applied twice, and leave nothing of their kind', () => {
  fc.assert(
    fc.property(fc.array(piece), keys, keys, fc.boolean(), (pieces, unknown, order, grouped) => {
      const section = {
        type: 'main',
        settings: Object.fromEntries(unknown.map((key) => [key, 1])),
      };
      const texts = Object.fromEntries(unknown.map((key) => [key, 'x']));
      const files = aTheme({
        'layout/theme.hbs': LAYOUT,
        'sections/main.hbs': `${pieces.join('')}{{#schema}}{"name":"x"}{{/schema}}`,
        'templates/page.json': JSON.stringify(
          { sections: { a: section, c: section }, order },
          null,
          2,
        ),
        'locales/en.default.json': JSON.stringify(grouped ? { all: texts } : texts, null, 1),
      });
      const once = applyFixes(files, checkTheme(files));
      // Which texts nobody uses is told only when nothing is wrong any more.
      const fixed = applyFixes(once, checkTheme(once));
      const again = checkTheme(fixed);
      expect(again.filter((one) => one.fix)).toEqual([]);
      expect(applyFixes(fixed, again)).toEqual(fixed);
    }),
    { numRuns: 40 },
  );
});
