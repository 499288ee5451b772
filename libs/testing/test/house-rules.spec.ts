import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(__dirname, '../../..');
const door = 'export const thing = 1;\n';

/** Sources that each break one rule of the house. */
const trespasses: [rule: string, file: string, imported: string][] = [
  ['floor-1-looks-down', 'libs/kernel/src/a.ts', '@libs/stores'],
  ['floor-4-looks-down', 'libs/stores/src/a.ts', '@libs/catalog'],
  ['catalog-ignores-neighbours', 'libs/catalog/src/a.ts', '@libs/content'],
  ['stores-by-its-door', 'libs/catalog/src/b.ts', '../../stores/src/inner'],
  ['stores-core-ignores-its-faces', 'libs/stores/src/b.ts', '@api/stores'],
  ['face-api-belongs-to-its-app', 'apps/worker/src/a.ts', '@api/stores'],
  ['contracts-are-zod-only', 'libs/stores/src/contract/index.ts', '@libs/kernel'],
  ['apps-apart', 'apps/worker/src/b.ts', '../../api/src/main'],
  ['libs-below-apps', 'libs/stores/src/c.ts', '../../../apps/api/src/main'],
  ['lab-is-for-tests', 'libs/stores/src/d.ts', '@testing'],
  ['handlebars-in-its-room', 'libs/stores/src/e.ts', 'handlebars'],
  ['queues-in-their-room', 'libs/stores/src/f.ts', 'bullmq'],
  ['typeorm-in-its-rooms', 'apps/api/src/a.ts', 'typeorm'],
  ['engine-is-pure', 'libs/template-engine/src/a.ts', 'pg'],
  ['nothing-unresolved', 'libs/stores/src/g.ts', './nowhere'],
  ['no-cycles', 'libs/content/src/a.ts', './b'],
];

/** A house of empty rooms, with what the trespassers reach for. */
const rooms: Record<string, string> = {
  'libs/kernel/src/index.ts': door,
  'libs/stores/src/index.ts': door,
  'libs/stores/src/inner.ts': door,
  'libs/stores/src/api/index.ts': door,
  'libs/catalog/src/index.ts': door,
  'libs/content/src/index.ts': door,
  'libs/content/src/b.ts': `import './a';\n`,
  'libs/testing/src/index.ts': door,
  'apps/api/src/main.ts': door,
};

describe('rules of the house', () => {
  let house: string;

  beforeAll(() => {
    house = mkdtempSync(join(tmpdir(), 'caravel-house-'));
    const sources = trespasses.map(([, file, imported]) => [file, `import '${imported}';\n`]);
    for (const [file = '', text = ''] of [...Object.entries(rooms), ...sources]) {
      mkdirSync(dirname(join(house, file)), { recursive: true });
      writeFileSync(join(house, file), text);
    }
    for (const file of ['tsconfig.json', 'package.json', '.dependency-cruiser.cjs']) {
      cpSync(join(root, file), join(house, file));
    }
    symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
  });
  afterAll(() => rmSync(house, { recursive: true, force: true }));

  it('catch each trespass', async () => {
    const bin = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const args = [
      bin,
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'json',
      'apps',
      'libs',
    ];
    // It ends with the number of violations.
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      cwd: house,
      maxBuffer: 1 << 26,
    }).catch((error: { stdout: string }) => error);
    const report = JSON.parse(stdout) as {
      summary: { violations: { from: string; rule: { name: string } }[] };
    };
    const caught = report.summary.violations.map(({ from, rule }) => `${rule.name}: ${from}`);
    for (const [rule, file] of trespasses) expect(caught).toContain(`${rule}: ${file}`);
  }, 60_000);
});
