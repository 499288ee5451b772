import * as fc from 'fast-check';
import {
  type DefaultTreeAdapterTypes,
  html as spec,
  parse,
  parseFragment,
  serialize,
} from 'parse5';
import { AppError, type HtmlWarning, merchantHtml, sanitizeHtml } from '@libs/kernel';
import { ATTACKS, KEPT, PIECES, WRITTEN } from './html.samples';

type Node = DefaultTreeAdapterTypes.ChildNode;

const HARMFUL = new Set(
  (
    'script style noscript template object embed applet svg math title textarea select input button form link meta base ' +
    'frame frameset noframes noembed xmp plaintext head body html image area map canvas portal'
  ).split(' '),
);
const ADDRESSES = new Set(
  'href src srcset poster action formaction background data cite ping srcdoc xlink:href'.split(' '),
);

/** Whatever could run or leave its place in a tree; written apart from the rules that are under test. */
function harmIn(nodes: readonly Node[]): string[] {
  return nodes.flatMap((node) => {
    if (node.nodeName === '#comment') return ['a comment'];
    if (!('tagName' in node)) return [];
    const { tagName, attrs, childNodes, namespaceURI } = node;
    const own = HARMFUL.has(tagName) || namespaceURI !== spec.NS.HTML ? [`<${tagName}>`] : [];
    return [...own, ...attrs.flatMap((one) => harmOf(tagName, one)), ...harmIn(childNodes)];
  });
}

function harmOf(tagName: string, { name, value }: { name: string; value: string }): string[] {
  if (/^(on|data-|is$|slot$|name$|srcdoc$|http-equiv$|form|popover|nonce$)/.test(name))
    return [name];
  if (name === 'id') return value.startsWith('content-') ? [] : [`id ${value}`];
  if (name === 'style')
    return /url|expression|position|behavior|binding|@|\\|\/\*|[{}<>]/i.test(value) ? [value] : [];
  if (!ADDRESSES.has(name)) return [];
  if (tagName === 'img' && name === 'src' && /^data:image\/(png|gif|jpeg|webp);base64,/.test(value))
    return [];
  const { protocol, hostname } = new URL(
    name === 'srcset' ? value.split(' ')[0]! : value,
    'https://shop.example',
  );
  const known = /^(www\.)?youtube(-nocookie)?\.com$|^player\.vimeo\.com$/.test(hostname);
  if (tagName === 'iframe' && !known) return [`frame of ${hostname}`];
  return ['https:', 'http:', 'mailto:', 'tel:', 'sms:'].includes(protocol)
    ? []
    : [`${name} ${value}`];
}

/** Wherever a theme may print it: in a division, a cell, a paragraph, without scripts, in a drawing. */
function harmAnywhere(html: string): string[] {
  const own = harmIn(parseFragment(html).childNodes);
  const around = [
    ['<noscript>', '</noscript>'],
    ['<svg><desc>', '</desc></svg>'],
    ['<table><tr><td>', '</td></tr></table>'],
    ['<math><mtext>', '</mtext></math>'],
  ] as const;
  const known = new Set([
    '<noscript>',
    '<svg>',
    '<desc>',
    '<math>',
    '<mtext>',
    '<html>',
    '<head>',
    '<body>',
  ]);
  const placed = around.flatMap(([before, after]) =>
    harmIn(parse(`<!doctype html><body>${before}${html}${after}`).childNodes).filter(
      (harm) => !known.has(harm),
    ),
  );
  return [...own, ...placed];
}

describe('HTML of merchants', () => {
  it.each(ATTACKS)('takes the harm out of %s', (attack) => {
    const { html, removed } = sanitizeHtml(attack);
    expect(harmAnywhere(html)).toEqual([]);
    expect(sanitizeHtml(html)).toEqual({ html, removed: [] });
    // Nothing goes unsaid but what was never more than text.
    const lost = harmIn(parseFragment(attack).childNodes).filter(
      (harm) => !/^(id |name$)/.test(harm),
    );
    if (lost.length > 0) expect(removed).not.toEqual([]);
  });

  it('finds the harm in most of the attacks as they came: the test sees what it looks for', () => {
    const seen = ATTACKS.filter((attack) => harmAnywhere(attack).length > 0);
    expect(ATTACKS.length).toBeGreaterThanOrEqual(60);
    expect(seen.length / ATTACKS.length).toBeGreaterThan(0.9);
  });

  it('is harmless, complete and never changed again, whatever comes', () => {
    const runs = Number(process.env['CARAVEL_HTML_RUNS'] ?? 200);
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            { weight: 3, arbitrary: fc.constantFrom(...PIECES) },
            { weight: 1, arbitrary: fc.string() },
          ),
          { maxLength: 24 },
        ),
        (pieces) => {
          const { html } = sanitizeHtml(pieces.join(''));
          expect(harmAnywhere(html)).toEqual([]);
          expect(sanitizeHtml(html)).toEqual({ html, removed: [] });
          const read = parseFragment(html);
          expect(parseFragment(serialize(read))).toEqual(read);
          expect(sanitizeHtml(serialize(read)).html).toBe(html);
        },
      ),
      { numRuns: runs },
    );
  });

  it.each(KEPT)('keeps %s', (html) => {
    expect(sanitizeHtml(html)).toEqual({ html, removed: [] });
  });

  it.each(WRITTEN)('writes %s out as browsers read it', (given, html) => {
    expect(sanitizeHtml(given)).toEqual({ html, removed: [] });
  });

  it('tells what it took out, and how often', () => {
    const given =
      '<p onclick="a()" style="position: fixed; color: red">A</p><p onclick="b()">B</p><script>c()</script>' +
      '<form action="/x"><button>Buy</button></form><a href="javascript:d()">E</a><!-- F -->';
    expect(sanitizeHtml(given)).toEqual({
      html: '<p style="color: red">A</p><p>B</p>Buy<a>E</a>',
      removed: [
        { element: 'p', attribute: 'onclick', count: 2 },
        { element: 'p', attribute: 'style: position', count: 1 },
        { element: 'script', attribute: null, count: 1 },
        { element: 'form', attribute: null, count: 1 },
        { element: 'button', attribute: null, count: 1 },
        { element: 'a', attribute: 'href', count: 1 },
        { element: 'comment', attribute: null, count: 1 },
      ],
    });
  });

  it('says it in a sentence with the field, and stops naming after a while', () => {
    const many = Array.from({ length: 150 }, (_, i) => `<x-${i}>${i}</x-${i}>`).join('');
    const { input, warnings } = merchantHtml(
      { bodyHtml: `<i on"x=1>A</i>${many}`, title: '<A>' },
      { bodyHtml: 10_000 },
    );
    expect(input).toEqual({ bodyHtml: expect.stringMatching(/^<i>A<\/i>012/), title: '<A>' });
    const [{ field, code, message, removed }] = warnings as [HtmlWarning];
    expect({ field, code }).toEqual({ field: 'bodyHtml', code: 'html-removed' });
    expect(message).toMatch(/^Taken out of the HTML: on\?x of <i>, <x-0>, .* and 89 more kinds\.$/);
    expect(removed).toHaveLength(101);
    expect(removed.at(-1)).toEqual({ element: '*', attribute: null, count: 51 });
    expect(merchantHtml({ bodyHtml: '<p>A</p>' }, { bodyHtml: 10 }).warnings).toEqual([]);
  });

  it('names the field that is too long once written out', () => {
    expect(refused(() => merchantHtml({ excerptHtml: '<<<' }, { excerptHtml: 10 }))).toEqual([
      'html.too-long',
      'excerptHtml',
    ]);
    expect(merchantHtml({ excerptHtml: '<<<' }, { excerptHtml: 12 }).input.excerptHtml).toBe(
      '&lt;&lt;&lt;',
    );
  });

  it.each([
    ['elements inside each other', '<div>'.repeat(30_000)],
    ['elements', '<i></i>'.repeat(50_001)],
    [
      'elements that browsers open again',
      `<p>${Array.from({ length: 180 }, (_, i) => `<b id=${i}>`).join('')}${'<p>a'.repeat(20_000)}`,
    ],
  ])('refuses too many %s', (_, html) => {
    expect(refused(() => merchantHtml({ bodyHtml: html }, { bodyHtml: 1_000_000 }))).toEqual([
      'html.too-complex',
      'bodyHtml',
    ]);
  });
});

/** The code of the error and the field that it names. */
function refused(act: () => unknown): [string, string | undefined] {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return [error.code, error.issues[0]?.field];
    throw error;
  }
  throw new Error('It was taken.');
}
