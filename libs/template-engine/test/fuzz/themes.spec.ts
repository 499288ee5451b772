import fs from 'node:fs';
import path from 'node:path';
import { type Attack, type Outcome, outcomeOf, poisonsIn, themeOf } from '../attack-lab';
import { mutate, randomOf } from './mutate';

const folder = path.join(__dirname, '../attacks');
const attacks = fs
  .readdirSync(folder)
  .flatMap((file) => JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as Attack[])
  .map((attack) => ({ ...attack, verdict: 'any' }))
  .filter(({ markup }) => typeof markup === 'string' && markup.length < 20_000);

/** Files of the first-party themes: real markup is what mutations get furthest with. */
const themes = path.join(__dirname, '../../../../themes');
const markups = fs
  .readdirSync(themes, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.hbs'))
  .map((entry) =>
    fs.readFileSync(path.join(entry.parentPath, entry.name), 'utf8').split('{{#schema}}'),
  )
  .map(([markup = '']) => markup)
  .sort();
const seeds = [...attacks.map(({ markup }) => markup as string), ...markups];

/** A fault of ours counts like code that ran: no theme may reach one. */
function tried(attack: Attack): Outcome {
  try {
    return outcomeOf(themeOf(attack), attack.data);
  } catch (error) {
    return { verdict: 'crashed', html: '', messages: `crashed: ${String(error)}`, cpu: 0 };
  }
}

/** What must never be seen; a script of the data is meant to be one where the theme asks for markup as it is. */
function poisonIn(html: string, markup: string): string | null {
  return (
    poisonsIn(html).find((text) => !(text === '<script>alert' && markup.includes('{{{'))) ?? null
  );
}

/** Pages of a mutated theme may cost this much CPU in all: compiling, two renders, and a busy machine’s noise. */
const mostCpu = 1_500;

/**
 * Mutates hostile and first-party themes, compiles and renders them with hostile data, and looks for code that ran,
 * data of another store, and renders that do not end. `CARAVEL_SOAK_SECONDS` and `CARAVEL_SOAK_SEED` make it longer
 * and different; a failure names its seed and round, which repeat it.
 */
test('no mutation of a theme runs code, shows another store or takes long', () => {
  const seconds = Number(process.env.CARAVEL_SOAK_SECONDS ?? '10');
  const seed = Number(process.env.CARAVEL_SOAK_SEED ?? '1');
  const until = performance.now() + seconds * 1_000;
  const exit = jest.spyOn(process, 'exit').mockImplementation(((code: number) => {
    throw new Error(`process.exit(${code})`);
  }) as never);
  const counts: Record<string, number> = {};
  let round = 0;
  try {
    for (; performance.now() < until; round += 1) {
      const random = randomOf(seed * 1_000_003 + round);
      let markup = seeds[Math.floor(random() * seeds.length)] as string;
      const times = 1 + Math.floor(random() * 4);
      for (let i = 0; i < times; i += 1) markup = mutate(markup, seeds, random).slice(0, 60_000);
      const attack = attacks[Math.floor(random() * attacks.length)] as Attack;
      const schema =
        random() < 0.3 ? mutate(attack.schema ?? '{"name":"Main"}', seeds, random) : undefined;
      const { verdict, html, messages, cpu } = tried({ ...attack, markup, schema });
      const kind = verdict.split(':')[0] as string;
      counts[kind] = (counts[kind] ?? 0) + 1;
      const found = {
        poison: poisonIn(html, markup),
        // A theme's context has no process: code that broke out of its text would say so.
        ran: 'caravelCanary' in globalThis || /process|crashed/.test(messages) ? messages : '',
        exits: exit.mock.calls.length,
        slow: cpu > mostCpu ? cpu : 0,
        markup: '',
      };
      const good =
        found.poison === null && found.ran === '' && found.exits === 0 && found.slow === 0;
      if (!good) found.markup = markup;
      expect({ seed, round, ...found }).toEqual({
        seed,
        round,
        poison: null,
        ran: '',
        exits: 0,
        slow: 0,
        markup: '',
      });
    }
  } finally {
    exit.mockRestore();
  }
  expect(round).toBeGreaterThan(10);
  process.stdout.write(`${round} mutated themes: ${JSON.stringify(counts)}\n`);
}, 3_600_000);
