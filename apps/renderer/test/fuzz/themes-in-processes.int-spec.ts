import fs from 'node:fs';
import path from 'node:path';
import type { PageInput, ThemeMeta } from '@libs/template-engine';
import { fillPlan, planPage } from '@template-engine/plan';
import { Metrics } from '@platform/telemetry';
import {
  ThemeCompiler,
  compileProgram,
} from '../../../../libs/themes/src/compile-process/theme-compiler.service';
import {
  type Attack,
  canary,
  hostileView,
  poisonsIn,
  themeOf,
} from '../../../../libs/template-engine/test/attack-lab';
import {
  mutate,
  mutateData,
  ran,
  randomOf,
} from '../../../../libs/template-engine/test/fuzz/mutate';
import {
  RenderProcess,
  RenderProcessDied,
  type Rendered,
} from '../../src/4-render-theme/render-process';

const root = path.join(__dirname, '../../../..');
const folder = path.join(root, 'libs/template-engine/test/attacks');
const attacks = fs
  .readdirSync(folder)
  .flatMap((file) => JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as Attack[])
  .filter(({ markup }) => typeof markup === 'string' && markup.length < 20_000);

interface Source {
  markup: string;
  schema: string;
}

const hostile: Source[] = attacks.map(({ markup, schema = '{"name":"Main"}' }) => ({
  markup: markup as string,
  schema,
}));
const markups = hostile.map(({ markup }) => markup);

/** A first-party theme: real markup is what mutations get furthest with. */
interface Base {
  sections: Source[];
  /** What its sections need beside them. */
  files: [string, string][];
}

const parts = [
  'snippets',
  'blocks',
  'locales',
  'config/settings_schema.json',
  'config/settings_data.json',
];

function baseOf(name: string): Base {
  const theme = path.join(root, 'themes', name);
  const sections = filesIn(theme, 'sections')
    .filter(([file]) => file.endsWith('.hbs'))
    .map(([, text]) => {
      const [markup = '', schema] = text.split('{{#schema}}');
      return { markup, schema: schema?.split('{{/schema}}')[0] ?? '{"name":"Main"}' };
    });
  return { sections, files: parts.flatMap((part) => filesIn(theme, part)) };
}

/** What the data tries, told from what a theme's own text says. */
const dataScript = '<script>alert(20)';

/** So many mutations lie in one theme: a process that compiles them takes as long as one that compiles one. */
const perTheme = 24;

/** Of one render, in milliseconds of CPU of the render process. */
const mostCpu = 250;

type Random = () => number;
type Files = Map<string, string>;

const pick = <T>(random: Random, list: readonly T[]): T =>
  list[Math.floor(random() * list.length)] as T;

/** Sections `m0`, `m1`, ... of one page, each mutated by itself, with settings that are mutated too. */
function mutants(base: Base, random: Random): Files {
  const page: Record<string, unknown> = {};
  const files: Record<string, string> = Object.fromEntries(base.files);
  const others = [...markups, ...base.sections.map((one) => one.markup)];
  for (let i = 0; i < perTheme; i += 1) {
    const seed = pick(random, random() < 0.4 ? hostile : base.sections);
    let { markup, schema } = seed;
    const times = 1 + Math.floor(random() * 2);
    for (let n = 0; n < times; n += 1) markup = mutate(markup, others, random).slice(0, 60_000);
    if (random() < 0.15) schema = mutate(schema, [seed.schema], random);
    files[`sections/m${i}.hbs`] = `${markup}{{#schema}}${schema}{{/schema}}`;
    page[`m${i}`] = { type: `m${i}`, settings: settingsFor(schema, random) };
  }
  files['templates/index.json'] = JSON.stringify({ sections: page, order: Object.keys(page) });
  return themeOf({ name: '', tries: '', verdict: '', markup: '<p>main</p>', files });
}

function settingsFor(schema: string, random: Random): Record<string, unknown> {
  const ids = [...schema.matchAll(/"id" *: *"([a-z][a-z0-9_]*)"/g)].map(([, id]) => id as string);
  return Object.fromEntries(ids.map((id) => [id, mutateData('a text', 0.5, random)]));
}

/** The theme without the sections that are named. */
function without(files: Files, broken: ReadonlySet<string>): Files {
  const page = JSON.parse(files.get('templates/index.json') as string) as {
    sections: Record<string, unknown>;
    order: string[];
  };
  const order = page.order.filter((id) => !broken.has(`sections/${id}.hbs`));
  const left = Object.fromEntries(order.map((id) => [id, page.sections[id]]));
  const kept = new Map([...files].filter(([file]) => !broken.has(file)));
  return kept.set('templates/index.json', JSON.stringify({ sections: left, order }));
}

/** A theme's own scripts are the theme's; a script out of the data is only where `{{{` asks for markup as it is. */
function poisonIn(html: string, source: string): string | null {
  const own = poisonsIn(html).filter((text) => !source.includes(text) && text !== '<script>alert');
  const script = html.includes(dataScript) && !source.includes('{{{') ? dataScript : null;
  return own[0] ?? script;
}

function filesIn(theme: string, part: string): [string, string][] {
  const place = path.join(theme, part);
  if (!fs.existsSync(place)) return [];
  if (fs.statSync(place).isFile()) return [[part, fs.readFileSync(place, 'utf8')]];
  return fs
    .readdirSync(place)
    .map((name) => [`${part}/${name}`, fs.readFileSync(path.join(place, name), 'utf8')]);
}

describe('mutated themes in the processes that production has', () => {
  const compiler = new ThemeCompiler(
    { program: compileProgram, killAfterMs: 20_000 },
    new Metrics(),
  );
  let renderer: RenderProcess | null = null;
  afterAll(() => renderer?.kill());

  /** CPU is what is looked at: a busy machine lets a good render wait for seconds. */
  const aRenderer = (): RenderProcess => {
    renderer ??= new RenderProcess({ killAfterMs: 20_000, onExit: () => (renderer = null) });
    return renderer;
  };

  const seconds = Number(process.env.CARAVEL_SOAK_SECONDS ?? '6');
  const seed = Number(process.env.CARAVEL_SOAK_SEED ?? '1');
  const counts = { tried: 0, refused: 0, stopped: 0, harmless: 0, renders: 0, slowest: 0 };

  /** Compiles; what has errors is taken out until the rest has none. */
  const compiled = async (files: Files) => {
    let theme = files;
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const { artefacts, meta, diagnostics } = await compiler.compile(theme);
      if (meta && artefacts[0]) return { artefact: artefacts[0], meta };
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      const codes = errors.map(({ code }) => code);
      expect(codes).not.toContain('T_CRASHED');
      expect(codes).not.toContain('T_TIMEOUT');
      const broken = new Set(
        errors
          .map(({ file }) => file)
          .filter((file) => /^(sections\/m\d|snippets\/|blocks\/)/.test(file)),
      );
      if (broken.size === 0) return null;
      theme = without(theme, broken);
    }
    return null;
  };

  const inputOf = (meta: ThemeMeta, only: string, globals: PageInput['globals']): PageInput => {
    const template = meta.templates.index as ThemeMeta['templates'][string];
    const plan = planPage(meta, {
      template,
      groups: meta.groups,
      settings: meta.settings,
      type: 'index',
      only: [only],
    });
    return fillPlan(plan, {}, { globals, assets: {} });
  };

  const bases: Base[] = [];

  /** Assets are left at home, and with them the snippets that name one. */
  beforeAll(async () => {
    for (const base of ['atelier', 'flash'].map(baseOf)) {
      const files = themeOf({ name: '', tries: '', verdict: '', markup: '<p>main</p>' });
      for (const [file, text] of base.files) files.set(file, text);
      const { diagnostics } = await compiler.compile(files);
      const broken = new Set(
        diagnostics.filter(({ severity }) => severity === 'error').map(({ file }) => file),
      );
      bases.push({ ...base, files: base.files.filter(([file]) => !broken.has(file)) });
    }
  }, 60_000);

  /** A render that took too much is repeated, since a busy machine makes CPU dear: what is slow stays slow. */
  const rendered = async (artefact: { hash: string; js: string }, input: PageInput) => {
    const job = {
      artefact: { hash: artefact.hash, js: () => Promise.resolve(artefact.js) },
      input: Buffer.from(JSON.stringify(input).replaceAll('alert(1)', 'alert(20)')),
      kind: 'page' as const,
    };
    let best: Rendered | null = null;
    for (let attempt = 0; attempt < 3; attempt += 1) {
      try {
        const made = await aRenderer().render(job);
        counts.renders += 1;
        if (!best || made.cpu < best.cpu) best = made;
        if (best.cpu < mostCpu * 1000) return best;
      } catch (error) {
        if (!(error instanceof RenderProcessDied)) throw error;
      }
    }
    return best;
  };

  const tryAll = async (random: Random) => {
    const files = mutants(pick(random, bases), random);
    const theme = await compiled(files);
    counts.tried += perTheme;
    const order = theme ? (theme.meta.templates.index?.order ?? []) : [];
    counts.refused += perTheme - order.length;
    if (!theme) return;
    for (const id of order) {
      const data = pick(random, attacks).data;
      await rendered(theme.artefact, inputOf(theme.meta, id, hostileView({}, canary)));
      const globals = mutateData(hostileView(data), 0.02, random) as PageInput['globals'];
      const safe = typeof globals === 'object' && globals !== null && !Array.isArray(globals);
      const made = await rendered(
        theme.artefact,
        inputOf(theme.meta, id, safe ? globals : hostileView(data)),
      );
      const html = made?.body.toString() ?? '';
      const messages = made?.errors.map(({ message }) => message).join('\n') ?? '';
      const found = {
        died: made === null,
        poison: poisonIn(html, files.get(`sections/${id}.hbs`) ?? ''),
        ran: ran.exec(`${html}\n${messages}`)?.[0] ?? null,
        slow: made && made.cpu > mostCpu * 1000 ? made.cpu / 1000 : 0,
      };
      const good = !found.died && found.poison === null && found.ran === null && found.slow === 0;
      const markup = good ? '' : files.get(`sections/${id}.hbs`);
      expect({ ...found, markup }).toEqual({
        died: false,
        poison: null,
        ran: null,
        slow: 0,
        markup: '',
      });
      counts[made?.errors.length ? 'stopped' : 'harmless'] += 1;
      counts.slowest = Math.max(counts.slowest, (made?.cpu ?? 0) / 1000);
    }
  };

  it('run no code, end no process, show no other store and take no 250 ms', async () => {
    const until = performance.now() + seconds * 1_000;
    let round = 0;
    try {
      // On a busy machine the time is over before one was rendered.
      const some = () => counts.harmless + counts.stopped > 0 || round > 50;
      for (; !some() || performance.now() < until; round += 1) {
        await tryAll(randomOf(seed * 7_000_003 + round));
      }
    } catch (error) {
      process.stdout.write(`seed ${seed}, round ${round}\n`);
      throw error;
    }
    expect(counts.harmless + counts.stopped).toBeGreaterThan(0);
    process.stdout.write(`${counts.tried} mutated sections: ${JSON.stringify(counts)}\n`);
  }, 3_600_000);
});
