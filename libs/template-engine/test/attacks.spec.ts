import fs from 'node:fs';
import path from 'node:path';
import { compileTheme } from '@libs/template-engine';
import { aSection, inner, renderTheme } from './theme.builder';

type Verdict = 'rejected at validation' | 'stopped by budget' | 'harmless output';
interface Attack {
  name: string;
  markup: string;
  expected: Verdict;
}

/** The page that the manifest of the corpus describes; no text of 256 KB or more reaches a page. */
function view() {
  const long = 'x'.repeat(200_000);
  const product = (i: number) => ({
    id: String(i),
    title: `Product ${i} <b>`,
    url: `/products/${i}`,
    description: '<p>text</p>'.repeat(20),
    price: 100 * i,
    variants: [],
    evil: 'java\tscript:alert(1)',
    evil_css: 'red;background:url(//evil)',
    evil_script: '</script><script>alert(1)</script>',
    quote: '"><script>alert(1)</script>',
    ...(i === 0 ? { long } : {}),
  });
  const products = Array.from({ length: 48 }, (_, i) => product(i));
  return {
    product: products[0]!,
    collection: { products },
    shop: { currency: 'EUR' },
    request: { locale: 'en', path: '/' },
  };
}

function verdictOf(markup: string): { verdict: Verdict; html: string; ms: number } {
  const theme = aSection(markup, {
    'snippets/card.hbs': `<li>{{product.title}} ${'x'.repeat(2400)}</li>`,
    'snippets/price.hbs': '{{money product.price}}',
    'snippets/self.hbs': markup,
  });
  // Of CPU: on a busy machine the clock says nothing of a theme.
  const started = process.cpuUsage();
  const spent = () => {
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1_000;
  };
  const compiled = compileTheme(theme);
  // The file is also its own snippet, where bare names mean arguments; the section's verdict is what counts.
  const own = compiled.diagnostics.filter((one) => one.severity === 'error');
  if (own.length > 0) return { verdict: 'rejected at validation', html: '', ms: spent() };
  const page = renderTheme(theme, view());
  const ms = spent();
  if (page.errors.length > 0) {
    expect(page.errors.every((one) => /^R_(STEPS|OUTPUT|ALLOC|DEADLINE)$/.test(one.code))).toBe(
      true,
    );
    expect(page.html).toContain('<!-- section main could not be shown -->');
    return { verdict: 'stopped by budget', html: page.html, ms };
  }
  return { verdict: 'harmless output', html: inner(page.html), ms };
}

const STRICT: Record<Verdict, number> = {
  'harmless output': 0,
  'stopped by budget': 1,
  'rejected at validation': 2,
};

function expectVerdict({ markup, expected }: Attack): void {
  const { verdict, html, ms } = verdictOf(markup);
  expect(STRICT[verdict]).toBeGreaterThanOrEqual(STRICT[expected]);
  expect(html.length).toBeLessThan(2 * 1024 * 1024);
  expect(
    /\[object |function|native code|"java\s*script:|style="[^"]*url\(|<script>alert/.test(html),
  ).toBe(false);
  expect(ms).toBeLessThan(3000);
}

describe('attacks of our own', () => {
  const attacks = JSON.parse(
    fs.readFileSync(path.join(__dirname, 'attacks/own-attacks.json'), 'utf8'),
  ) as Attack[];
  test.each(attacks)('$name: $expected', (attack) => expectVerdict(attack));

  test.each(attacks.filter((one) => one.expected === 'stopped by budget'))(
    '$name is stopped, not refused',
    (attack) => {
      expect(verdictOf(attack.markup).verdict).toBe('stopped by budget');
    },
  );

  test.each(attacks.filter((one) => one.expected === 'harmless output'))(
    '$name renders',
    (attack) => {
      expect(verdictOf(attack.markup).verdict).toBe('harmless output');
    },
  );
});

test('thousands of copies of a long field without a loop are stopped between expressions', () => {
  const copies = '{{@product.long}}'.repeat(4000);
  expect(verdictOf(copies).verdict).toBe('stopped by budget');
});

test('a stopped section costs the page nothing but itself, and says where it stopped', () => {
  const files = aSection(
    '\n  {{#each @collection.products}}{{#each @collection.products}}{{#each @collection.products}}{{@product.title}}{{/each}}{{/each}}{{/each}}',
    {
      'templates/index.json':
        '{"sections":{"main":{"type":"main"},"next":{"type":"next"}},"order":["main","next"]}',
      'sections/next.hbs': '<p>still here</p>{{#schema}}{"name":"Next"}{{/schema}}',
    },
  );
  const page = renderTheme(files, view());
  expect(page.html).toContain('still here');
  expect(page.errors).toEqual([
    expect.objectContaining({
      section: 'main',
      file: 'sections/main.hbs',
      line: 2,
      code: 'R_STEPS',
    }),
  ]);
  expect(page.steps).toBeLessThanOrEqual(150_000);
});

const corpus = '/work/shared/attack-themes';
const manifest = path.join(corpus, 'manifest.json');
const present = fs.existsSync(manifest);

(present ? describe : describe.skip)(
  `the corpus of hostile themes (${present ? 'found' : 'not on this machine'})`,
  () => {
    const files = present
      ? (
          JSON.parse(fs.readFileSync(manifest, 'utf8')) as {
            files: { file: string; expected: Verdict }[];
          }
        ).files
      : [];
    const attacks = files.flatMap(({ file, expected }) => {
      const markup = fs.readFileSync(path.join(corpus, file), 'utf8');
      const ours = markup.replace(/(?<![@\w.[])(product|collection)(?=[.\s})])/g, '@$1');
      return [
        { name: file, markup, expected },
        { name: `${file} with @objects`, markup: ours, expected },
      ];
    });
    test.each(attacks)('$name: $expected', (attack) => expectVerdict(attack));
  },
);
