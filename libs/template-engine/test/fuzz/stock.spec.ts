import Handlebars from 'handlebars';
import { aSection, inner, prepareTheme, RefusedTheme } from '../theme.builder';
import { randomOf } from './mutate';
import { type Level, randomData, TemplateWriter } from './random-template';

const ROOT = '@shop.metafields.d';

/** The meaning of our helpers, told a second time (theme-format.md, 2.6 and 2.7). */
const REFERENCE: Record<string, (a: unknown, b: unknown) => unknown> = {
  eq: (a, b) => (a ?? null) === (b ?? null),
  ne: (a, b) => (a ?? null) !== (b ?? null),
  not: (a) => !holds(a),
  and: (a, b) => (holds(a) ? b : a),
  or: (a, b) => (holds(a) ? a : b),
  default: (a, b) => (holds(a) || a === 0 || a === false ? a : b),
  gt: (a, b) => (a as number) > (b as number),
  lte: (a, b) => (a as number) <= (b as number),
  add: (a, b) => (a as number) + (b as number),
};

function holds(value: unknown): boolean {
  return Boolean(value) && !(Array.isArray(value) && value.length === 0);
}

/** Stock prints `=` and backticks as entities, we as they are: a wanted difference. */
const plain = (html: string) => html.replaceAll('&#x3D;', '=').replaceAll('&#x60;', '`');

/**
 * Takes from each call of a snippet the indentation of its line, which stock puts before every line of the snippet and
 * we do not: a wanted difference.
 */
class Unindent extends Handlebars.Visitor {
  override PartialStatement(partial: hbs.AST.PartialStatement): void {
    partial.indent = '';
  }
}

/** A template as stock reads it, but for the indentation of snippets. */
function read(markup: string): hbs.AST.Program {
  const program = Handlebars.parse(markup);
  new Unindent().accept(program);
  return program;
}

type Print = (d: Level) => string;
const around = (d: Level) => ({ shop: { metafields: { d } } });

function stock(markup: string, snippets: Record<string, string>): Print {
  const handlebars = Handlebars.create();
  for (const [name, helper] of Object.entries(REFERENCE)) handlebars.registerHelper(name, helper);
  for (const [name, text] of Object.entries(snippets))
    handlebars.registerPartial(name, handlebars.compile(read(text)));
  const template = handlebars.compile(read(markup));
  return (d) => plain(template({}, { data: around(d) }));
}

/** Null when the theme is refused. */
function ours(markup: string, snippets: Record<string, string>): Print | null {
  const files = Object.entries(snippets).map(([name, text]) => [`snippets/${name}.hbs`, text]);
  try {
    const render = prepareTheme(aSection(markup, Object.fromEntries(files)));
    return (d) => {
      const out = render(around(d) as never);
      expect(out.errors).toEqual([]);
      return inner(out.html);
    };
  } catch (error) {
    if (error instanceof RefusedTheme) return null;
    throw error;
  }
}

/**
 * Random templates with random data print what stock Handlebars prints. `CARAVEL_SOAK_SECONDS` and
 * `CARAVEL_SOAK_SEED` make it longer and different; a failure names its seed and round, which repeat it.
 */
test('random templates print what stock Handlebars prints', () => {
  const seconds = Number(process.env.CARAVEL_SOAK_SECONDS ?? '4');
  const seed = Number(process.env.CARAVEL_SOAK_SEED ?? '1');
  const until = performance.now() + seconds * 1_000;
  let [round, refused, renders] = [0, 0, 0];
  for (; performance.now() < until; round += 1) {
    const random = randomOf(seed * 1_000_003 + round);
    const writer = new TemplateWriter(random);
    const markup = `<i>${writer.template(ROOT)}</i>`;
    const print = ours(markup, writer.snippets);
    if (print === null) {
      refused += 1;
      continue;
    }
    const reference = stock(markup, writer.snippets);
    for (let page = 0; page < 5; page += 1, renders += 1) {
      const data = randomData(random);
      const [got, wanted] = [print(data), reference(data)];
      if (got === wanted) continue;
      const where = { seed, round, markup, snippets: writer.snippets, data };
      expect({ ...where, got }).toEqual({ ...where, got: wanted });
    }
  }
  process.stdout.write(`${round} random templates, ${renders} renders, ${refused} refused\n`);
  expect(refused).toBeLessThan(1 + round / 20);
}, 3_600_000);
