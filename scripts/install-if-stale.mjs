import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');
const lock = join(root, 'package-lock.json');
const stamp = join(modules, '.caravel-lock-hash');

/**
 * Installs the dependencies when they are missing or when the lock file has changed since.
 * What npm says goes to standard error: standard output belongs to the command that was asked for.
 * No install script runs: everything native comes prebuilt, and a machine without a compiler is enough.
 * @returns {boolean} whether it had to install
 * @throws {Error} in one sentence when npm failed
 */
export function installIfStale() {
  const wanted = createHash('sha256').update(readFileSync(lock)).digest('hex');
  if (isFresh(wanted)) return false;
  // npm would empty the folder that the link leads to, under whoever works there.
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) {
    throw new Error(
      'The dependencies are out of date, and node_modules is a link to another folder: install there.',
    );
  }
  process.stderr.write('Installing dependencies ...\n');
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error } = spawnSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (error || status !== 0) {
    throw new Error(
      'The dependencies could not be installed; what npm says about it stands above.',
      { cause: error },
    );
  }
  writeFileSync(stamp, wanted);
  return true;
}

/** Fresh by our own mark, or installed by hand after the lock file was written. */
function isFresh(wanted) {
  if (existsSync(stamp)) return readFileSync(stamp, 'utf8') === wanted;
  const installed = join(modules, '.package-lock.json');
  if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) return false;
  writeFileSync(stamp, wanted);
  return true;
}
