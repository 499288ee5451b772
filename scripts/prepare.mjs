import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { installIfStale } from './install-if-stale.mjs';

const dist = resolve(dirname(fileURLToPath(import.meta.url)), '../dist');

/**
 * Brings dependencies and dist/ up to date.
 * @returns {Promise<{requireBuilt: (path: string) => unknown}>} loads a compiled module by its path in the tree
 */
export async function prepare() {
  installIfStale();
  await build();
  const require = createRequire(import.meta.url);
  return { requireBuilt: (path) => require(join(dist, path)) };
}
