import { compileTheme } from '@libs/template-engine';
import { decodeFiles, readAll } from './wire';

/**
 * A compile process: takes one theme on its standard input, gives the result as JSON on its standard output, and ends.
 * It has no database, no secrets, no network of its own and an empty environment; who started it kills it when it takes
 * too long, since a parser may be led into loops (theme-format.md, 4.1).
 */
const nobody = 65_534;

/** After how many milliseconds of its life this process is killed. */
const killedAfterMs = Number(process.argv[2] ?? 0);
/** For rendering pages with the worst of data; and none is begun in the second half of this process's life. */
const dryRun = { longestMs: 1_000, until: killedAfterMs / 2 };

// Everything is loaded by now; what follows runs as nobody, who could not read the platform's folders.
if (process.getuid?.() === 0) {
  process.setgid?.(nobody);
  process.setuid?.(nobody);
}

async function main(): Promise<void> {
  const files = decodeFiles(await readAll(process.stdin));
  const result = compileTheme(files, { dryRun });
  process.stdout.end(JSON.stringify(result));
}

void main();
