import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs that a journey needs, each with Debian's package that brings it. */
const packages = {
  chromium: 'chromium',
  pebble: 'pebble',
  certutil: 'libnss3-tools',
  script: 'bsdutils',
  'redis-server': 'redis-server',
  java: 'default-jre-headless',
} as const;

export type Tool = keyof typeof packages;

/** Where a program is; null when this machine does not have it. */
export function findTool(tool: Tool): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'];
  return folders.map((folder) => join(folder, tool)).find((path) => existsSync(path)) ?? null;
}

/** Where a program is. @throws Error that says how to get it */
export function getTool(tool: Tool): string {
  const path = findTool(tool);
  if (path === null) throw new Error(sentenceFor([tool]));
  return path;
}

/**
 * `describe` where every tool is there; otherwise a skipped suite whose name says what is missing and how to get it.
 * With `CI=true` a missing tool fails the suite.
 */
export function describeWith(tools: Tool[], name: string, body: () => void): void {
  const missing = tools.filter((tool) => findTool(tool) === null);
  if (missing.length === 0) return describe(name, body);
  if (process.env['CI'] === 'true') {
    return describe(name, () => {
      test('has the programs that it needs', () => {
        throw new Error(sentenceFor(missing));
      });
    });
  }
  process.stderr.write(`Skipping "${name}": ${sentenceFor(missing)}\n`);
  return describe.skip(`${name} (${sentenceFor(missing)})`, body);
}

function sentenceFor(missing: Tool[]): string {
  const verb = missing.length === 1 ? 'is' : 'are';
  const install = missing.map((tool) => packages[tool]).join(' ');
  return `${missing.join(' and ')} ${verb} missing: apt-get install ${install}`;
}
