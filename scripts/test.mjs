import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepare } from './prepare.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

await prepare();
const folder = mkdtempSync(join(tmpdir(), 'caravel-results-'));
try {
  const file = join(folder, 'results.json');
  const code = await runJest(['--json', `--outputFile=${file}`, ...process.argv.slice(2)]);
  const counts = readCounts(file);
  process.stdout.write(
    `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`,
  );
  process.exitCode = code === 0 && counts.failed > 0 ? 1 : code;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs every test, or those that the arguments name; its report goes to standard error. */
function runJest(args) {
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const child = spawn(process.execPath, [jest, '--config', 'jest.config.cjs', ...args], {
    cwd: root,
    stdio: ['inherit', 2, 2],
  });
  // Jest is told by the terminal or by us, and ends by itself.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((done) => {
    child.once('error', () => done(1));
    child.once('exit', (code) => done(code ?? 1));
  });
}

/** A suite that could not even be loaded counts as one failure: it has no tests that could. */
function readCounts(file) {
  try {
    const result = JSON.parse(readFileSync(file, 'utf8'));
    return {
      passed: result.numPassedTests,
      failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
      skipped: result.numPendingTests + result.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
