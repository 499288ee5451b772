import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError, allErrors } from '@libs/kernel';
import { envSchema } from '../../platform/src/config/env';
import { toProblem } from '../../platform/src/http/problem';

const root = resolve(__dirname, '../../..');

/** The cells of every table row of a document whose first cell is in backquotes. */
function rowsOf(document: string): string[][] {
  return readFileSync(join(root, document), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** Loads every file that declares errors, so that the catalogue is whole. */
function loadErrors(): void {
  for (const part of ['libs', 'apps']) {
    const files = readdirSync(join(root, part), { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((name) => /\/src\/.*(?<!spec)\.ts$/.test(name))) {
      const path = join(root, part, file);
      // oxlint-disable-next-line typescript/no-require-imports -- which files there are is known at run time only
      if (/defineErrors\(/.test(readFileSync(path, 'utf8'))) require(path);
    }
  }
}

describe('docs/errors.md', () => {
  beforeAll(loadErrors);

  it('names every error with its status and its sentence, and no other', () => {
    const declared = allErrors().map(({ code, kind, text }) => {
      const { status } = toProblem(new AppError(code, kind, text));
      return [`\`${code}\``, String(status), text.replaceAll('|', '\\|')];
    });
    expect(declared.length).toBeGreaterThan(50);
    expect(rowsOf('docs/errors.md').toSorted(byCode)).toEqual(declared.toSorted(byCode));
  });
});

describe('docs/operators.md', () => {
  it('names every setting with its default, and no other', () => {
    const defaults = envSchema.parse({}) as Record<string, unknown>;
    const declared = Object.keys(envSchema.shape).map((name) => [
      `\`${name}\``,
      shown(defaults[name]),
    ]);
    const documented = rowsOf('docs/operators.md').map((row) => row.slice(0, 2));
    expect(documented.toSorted(byCode)).toEqual(declared.toSorted(byCode));
  });
});

describe('docs/', () => {
  const files = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name));

  it.each([...files, 'README.md'])('%s links to files that are there', (file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const folder = join(root, file, '..');
    const targets = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(
      ([, to]) => to ?? '',
    );
    const missing = targets.filter((target) => {
      const path = resolve(folder, target);
      const [parent, name] = [resolve(path, '..'), path.split('/').pop() ?? ''];
      return !readdirSync(parent).includes(name);
    });
    expect(missing).toEqual([]);
  });
});

/** A default as the table shows it: nothing for none. */
function shown(value: unknown): string {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return '';
  return `\`${Array.isArray(value) ? value.join(',') : JSON.stringify(value).replaceAll('"', '')}\``;
}

function byCode([a = '']: string[], [b = '']: string[]): number {
  return a < b ? -1 : 1;
}
