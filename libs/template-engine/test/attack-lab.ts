import { compileTheme } from '@libs/template-engine';
import { fillPlan, planPage } from '@template-engine/plan';
import { type PageInput, loadArtefact, renderPage } from '@template-engine/runtime';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { aTheme } from './theme.builder';

/** Text, or parts that are repeated, for files too large to be read. */
export type Markup = string | [text: string, times: number][];

/** One hostile theme: what it tries, and what must come of it. */
export interface Attack {
  name: string;
  tries: string;
  markup: Markup;
  files?: Record<string, string>;
  schema?: string;
  /** Fields of the page's product. */
  data?: Record<string, unknown>;
  /** Fields of the page's product that are long texts. */
  texts?: Record<string, Markup>;
  verdict: string;
  /** Texts that the output must not hold. */
  never?: string[];
}

/** Stands in the data of another store that the same process renders first. */
export const canary = 'CANARY-OF-ANOTHER-STORE';

/** What came of a theme. */
export interface Outcome {
  /** `refused: CODE`, `stopped: CODE` or `harmless`. */
  verdict: string;
  html: string;
  /** What sections said when they failed. */
  messages: string;
  /** CPU of compiling and rendering, in milliseconds of this process. */
  cpu: number;
}

type Globals = PageInput['globals'];

/** A page full of hostile data. */
export function hostileView(more: Record<string, unknown> = {}, title = 'Product'): Globals {
  const product = (i: number) => ({
    id: String(i),
    title: `${title} ${i} <b>`,
    url: `/products/${i}`,
    description: '<p>text</p>'.repeat(20),
    price: 100 * i,
    variants: [],
    evil: 'java\tscript:alert(1)',
    evil_css: 'red;background:url(//evil)',
    evil_script: '</script><script>alert(1)</script>',
    quote: '"><script>alert(1)</script>',
    ...(i === 0 ? { long: 'x'.repeat(200_000), ...more } : {}),
  });
  const products = Array.from({ length: 48 }, (_, i) => product(i));
  return {
    product: products[0],
    collection: { products },
    shop: { currency: 'EUR', name: title },
    request: { locale: 'en', path: '/', query: {}, page: 1 },
  } as unknown as Globals;
}

/** The fields that an attack gives to the page's product. */
export function dataOf({ data, texts = {} }: Attack): Record<string, unknown> {
  const long = Object.entries(texts).map(([name, text]) => [name, textOf(text)] as const);
  return { ...data, ...Object.fromEntries(long) };
}

const textOf = (markup: Markup): string =>
  typeof markup === 'string' ? markup : markup.map(([text, times]) => text.repeat(times)).join('');

/** The theme of an attack: its markup is the section `main` and the snippet `self`. */
export function themeOf({ markup, files, schema = '{"name":"Main"}' }: Attack) {
  const text = textOf(markup);
  return aTheme({
    'sections/main.hbs': `${text}{{#schema}}${schema}{{/schema}}`,
    'snippets/card.hbs': '<li>{{product.title}}</li>',
    ...files,
  });
}

/** Compiles a theme and renders its front page with hostile data, after another store's page. */
export function outcomeOf(theme: Map<string, string>, data?: Record<string, unknown>): Outcome {
  const began = process.cpuUsage();
  const cpu = () => {
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1000;
  };
  const { artefacts, meta, diagnostics } = compileTheme(theme);
  const fault = diagnostics.find(({ severity }) => severity === 'error');
  if (fault || !meta)
    return { verdict: `refused: ${fault?.code}`, html: '', messages: '', cpu: cpu() };
  const loaded = loadArtefact(artefacts[0]!.js);
  const template = meta.templates['index']!;
  const plan = planPage(meta, { template, groups: meta.groups });
  const render = (globals: Globals) =>
    renderPage(loaded, fillPlan(plan, {}, { globals, assets: {} }));
  render(hostileView({}, canary));
  const { html, errors } = render(hostileView(data));
  const verdict = errors[0] ? `stopped: ${errors[0].code}` : 'harmless';
  const messages = errors.map(({ message }) => message).join('\n');
  return { verdict, html, messages, cpu: cpu() };
}

const neverText = new RegExp(`${canary}|\\[object |native code|<script>alert|CARAVEL_SECRET`, 'g');
/** Attributes whose address a browser goes to or runs (HTML, "javascript: URLs"). */
const urlAttributes = new Set(['action', 'formaction', 'href', 'src']);

/**
 * What no output may hold, whatever the theme: texts that give something away, and addresses that are scripts, as a
 * browser would read them.
 * @returns the texts and the addresses that were found
 */
export function poisonsIn(html: string): string[] {
  const texts = [...html.matchAll(neverText)].map(([text]) => text);
  return /java/i.test(html) ? [...texts, ...scriptAddresses(parse(html))] : texts;
}

type Node = DefaultTreeAdapterTypes.Node;

/** Without recursion: hostile markup may be nested deeper than a stack. */
function scriptAddresses(document: Node): string[] {
  const found: string[] = [];
  const open: Node[] = [document];
  for (let node = open.pop(); node; node = open.pop()) {
    const { nodeName } = node;
    for (const { name, value } of 'attrs' in node ? node.attrs : []) {
      const leads = urlAttributes.has(name) || (name === 'data' && nodeName === 'object');
      if (leads && isScript(value)) found.push(value);
    }
    if ('content' in node) open.push(node.content);
    if ('childNodes' in node) for (const child of node.childNodes) open.push(child);
  }
  return found;
}

/** Line ends and tabs anywhere, and control characters before it, are no part of an address (URL, "basic URL parser"). */
function isScript(url: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what is meant.
  const plain = url.replaceAll(/[\t\n\r]/g, '').replace(/^[\u0000-\u0020]+/, '');
  return plain.toLowerCase().startsWith('javascript:');
}
