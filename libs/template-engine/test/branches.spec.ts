import * as fc from 'fast-check';
import { checkTheme } from '@libs/template-engine';
import { compileFile } from '../src/compile/compile-file';
import { Reporter } from '../src/diagnostics/reporter';
import { firstFault } from '../src/dry-run/well-formed';
import { aSection } from './theme.builder';

/** A piece of a template: text, or a block with its ways. */
type Piece = string | { readonly block: Block; readonly ways: readonly (readonly Piece[])[] };
type Block = 'if' | 'unless' | 'if-else' | 'chain' | 'match' | 'each' | 'with';

const OPENINGS: Record<Block, readonly string[]> = {
  if: ['{{#if @shop.name}}', '{{/if}}'],
  unless: ['{{#unless @shop.name}}', '{{/unless}}'],
  'if-else': ['{{#if @shop.name}}', '{{else}}', '{{/if}}'],
  chain: ['{{#if @shop.name}}', '{{else if @shop.email}}', '{{else}}', '{{/if}}'],
  match: ['{{#match @shop.name "x"}}', '{{else}}', '{{/match}}'],
  each: ['{{#each @cart.items as |item|}}', '{{/each}}'],
  with: ['{{#with @shop as |it|}}', '{{/with}}'],
};

function written(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) => {
      if (typeof piece === 'string') return piece;
      const marks = OPENINGS[piece.block];
      return piece.ways.map((way, i) => marks[i] + written(way)).join('') + marks.at(-1);
    })
    .join('');
}

/** Every page that a template can become, whatever its tests and lists say; at most 200. */
function pages(pieces: readonly Piece[]): string[] {
  let all = [''];
  for (const piece of pieces) {
    const more = typeof piece === 'string' ? [piece] : [...new Set(waysOf(piece))];
    all = all.flatMap((before) => more.map((one) => before + one)).slice(0, 200);
  }
  return all;
}

function waysOf({ block, ways }: Exclude<Piece, string>): string[] {
  const texts = ways.flatMap(pages);
  if (block === 'each') return ['', ...texts, ...texts.flatMap((a) => texts.map((b) => a + b))];
  return ['if', 'unless', 'with'].includes(block) ? ['', ...texts] : texts;
}

const WAYS: Record<Block, number> = {
  if: 1,
  unless: 1,
  'if-else': 2,
  chain: 3,
  match: 2,
  each: 1,
  with: 1,
};

function template(texts: readonly string[], depth = 2): fc.Arbitrary<readonly Piece[]> {
  const text = fc.constantFrom(...texts);
  const block = fc
    .constantFrom(...(Object.keys(WAYS) as Block[]))
    .chain((name) =>
      fc
        .array(template(texts, depth - 1), { minLength: WAYS[name], maxLength: WAYS[name] })
        .map((ways): Piece => ({ block: name, ways })),
    );
  const piece: fc.Arbitrary<Piece> =
    depth === 0 ? text : fc.oneof({ weight: 3, arbitrary: text }, { weight: 2, arbitrary: block });
  return fc.array(piece, { maxLength: 4 });
}

const none = new Set<string>();
const names = {
  snippets: none,
  assets: none,
  blocks: none,
  groups: none,
  themeSettings: new Map<string, string>(),
  texts: none,
  unread: new Set<never>(),
};

/** The codes that one file gives, of those that say what its markup is. */
function codesOf(markup: string): string[] {
  const file = 'sections/main.hbs';
  const source = `${markup}{{#schema}}{"name":"x"}{{/schema}}`;
  const reporter = new Reporter(new Map([[file, source]]));
  compileFile({ file, role: 'section', name: 'main' }, source, names, reporter);
  return reporter.list
    .map((one) => one.code)
    .filter((code) =>
      /^(H_(UNCLOSED|STRAY|BRANCH|NESTED)|S_(URL|ESI|FORM|INLINE|BASE))/.test(code),
    );
}

/** Every end tag closes what was opened last. */
function isBalanced(list: readonly string[]): boolean {
  const open: string[] = [];
  for (const one of list) {
    const [, end, name] = /^<(\/?)(div|span)/.exec(one) ?? [];
    if (!name) continue;
    if (end === '') open.push(name);
    else if (open.pop() !== name) return false;
  }
  return open.length === 0;
}

const ELEMENTS = [
  '<div>',
  '</div>',
  '<span>',
  '</span>',
  '<a href="/x">',
  '</a>',
  '<form>',
  '</form>',
  'x',
  '<br>',
];
const LETTERS = [
  '<a',
  '</a>',
  ' href="',
  ' title="',
  ' onclick="',
  '"',
  '/x',
  'javascript:',
  ' hidden',
  'on',
  'click',
  '=',
  '>',
  ' ',
  '<!--',
  '-->',
  '#',
  '-',
  '<style>',
  '</style>',
  '<script>',
  '</script>',
  '<sv',
  'g/>',
  "'",
  '<form action=',
  '//x',
];

describe('markup that branches cut', () => {
  test.each([
    ['elements', ELEMENTS, 400],
    ['letters of tags', LETTERS, 1500],
  ])('of %s: a template without a finding can become no page with one', (_, texts, numRuns) => {
    let clean = 0;
    fc.assert(
      fc.property(template(texts), (pieces) => {
        if (codesOf(written(pieces)).length > 0) return;
        clean++;
        for (const page of pages(pieces)) expect([page, codesOf(page)]).toEqual([page, []]);
      }),
      { numRuns },
    );
    expect(clean).toBeGreaterThan(10);
  });

  test('of elements: a page without a finding is well-formed to the parser of the standard', () => {
    const plain = ELEMENTS.filter((one) => !/form|a/.test(one));
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...plain), { maxLength: 10 }), (list) => {
        const page = list.join('');
        const whole = `<!doctype html><html><head></head><body>${page}</body></html>`;
        expect(codesOf(page).length === 0).toBe(isBalanced(list));
        if (isBalanced(list)) expect(firstFault(whole)).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  test('no finding where every way leaves open what the others do', () => {
    const sound: fc.Arbitrary<string> = fc.letrec<{ flow: string }>((tie) => ({
      flow: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom('x', '<br>', '<img src="/x" alt="">'),
        fc
          .tuple(fc.constantFrom('div', 'span', 'em'), tie('flow'))
          .map(([tag, inner]) => `<${tag}>${inner}</${tag}>`),
        fc.tuple(tie('flow'), tie('flow')).map(([a, b]) => a + b),
        tie('flow').map((one) => `{{#if @shop.name}}${one}{{/if}}`),
        tie('flow').map((one) => `{{#each @cart.items as |item|}}${one}{{/each}}`),
        fc
          .tuple(tie('flow'), tie('flow'))
          .map(([a, b]) => `{{#if @shop.name}}${a}{{else}}${b}{{/if}}`),
        // Both ways open the same element, which ends behind them.
        tie('flow').map(
          (one) => `{{#if @shop.name}}<div class="a">{{else}}<div hidden>{{/if}}${one}</div>`,
        ),
        tie('flow').map(
          (one) =>
            `<div{{#if @shop.name}} hidden{{/if}} class="a{{#unless @shop.name}} b{{/unless}}">${one}</div>`,
        ),
      ),
    })).flow;
    fc.assert(
      fc.property(sound, (markup) => {
        expect(codesOf(markup)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

test.each([
  ['{{#if @shop.name}}<div>{{else}}<span>{{/if}}</div>', 'H_BRANCH_MISMATCH', 1],
  ['{{#if @shop.name}}<div>{{/if}}x</div>', 'H_BRANCH_MISMATCH', 1],
  ['{{#each @cart.items as |i|}}<div>{{/each}}', 'H_BRANCH_MISMATCH', 1],
  ['<b {{#if @shop.name}}title="{{else}}class="{{/if}}x"></b>', 'H_BRANCH_MISMATCH', 4],
  ['<b {{#if @shop.name}}on{{/if}}click="x()"></b>', 'H_BRANCH_MISMATCH', 31],
  ['<b {{#if @shop.name}}title={{else}}onclick={{/if}}"x"></b>', 'H_BRANCH_MISMATCH', 4],
  ['<a href="{{#if @shop.name}}/x{{else}}javascript:x(){{/if}}">x</a>', 'S_URL_SCHEME', 4],
  ['<a href="{{#if @shop.name}}/x/{{/if}}{{@product.vendor}}">x</a>', 'S_URL_SCHEME', 40],
  ['<script/>const a = "{{@product.title}}";</script>', 'S_SCRIPT_INTERPOLATION', 23],
])('%s gives %s', (markup, code, column) => {
  const found = checkTheme(aSection(markup)).filter((one) => one.file === 'sections/main.hbs');
  expect(found.map((one) => [one.code, one.column])).toContainEqual([code, column]);
});

test.each([
  '<b {{#if @shop.name}}hidden{{/if}}></b>',
  '<b{{#if @shop.name}} hidden{{/if}} class="x"{{#unless @shop.name}} title="y"{{/unless}}></b>',
  '<b {{#if @shop.name}}hidden {{/if}}class="x"></b>',
  '<b {{#if @shop.name}}hidden{{else}}class="x"{{/if}} title="x"></b>',
  '<a href="{{#if @shop.name}}/de{{/if}}{{@product.url}}" title="{{#if @shop.name}}x{{/if}}">x</a>',
  '<b class="a{{#if @shop.name}} b{{else if @shop.email}} c{{/if}}"></b>',
  '<svg><style/><path d="{{@shop.name}}"/></svg>',
])('%s is sound', (markup) => {
  expect(checkTheme(aSection(markup)).filter((one) => one.severity === 'error')).toEqual([]);
});
