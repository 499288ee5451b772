import { compileTheme } from '@libs/template-engine';
import { fillPlan, planPage } from '@template-engine/plan';
import { type PageInput, loadArtefact, renderPage } from '@template-engine/runtime';
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

/** What no output may hold, whatever the theme. */
export const poison = new RegExp(
  `${canary}|\\[object |native code|(?:href|src|action)="java\\s*script:|<script>alert|CARAVEL_SECRET`,
);
