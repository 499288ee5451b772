import { compileTheme } from '@libs/template-engine';
import { decodeFiles, readAll } from './wire';

/**
 * A compile process: takes one theme on its standard input, gives the result as JSON on its standard output, and ends.
 * It has no database, no secrets, no network of its own and an empty environment; who started it kills it when it takes
 * too long, since a parser may be led into loops (theme-format.md, 4.1).
 */
const nobody = 65_534;

// Everything is loaded by now; what follows runs as nobody, who could not read the platform's folders.
if (process.getuid?.() === 0) {
  process.setgid?.(nobody);
  process.setuid?.(nobody);
}

async function main(): Promise<void> {
  const files = decodeFiles(await readAll(process.stdin));
  const result = compileTheme(files);
  process.stdout.end(JSON.stringify(result));
}

void main();
