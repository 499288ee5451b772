const Module = require('node:module');
const fs = require('node:fs');
const path = require('node:path');
const swc = require('@swc/core');
const { root, swcOptions } = require('../../../scripts/swc-options.cjs');

/** The aliases of tsconfig.json: `@libs/*` -> ['@libs/', './libs/', '/src/index.ts']. */
const aliases = Object.entries(require(path.join(root, 'tsconfig.json')).compilerOptions.paths).map(
  ([name, [target]]) => {
    const [before, after] = target.split('*');
    return { prefix: name.replace('*', ''), exact: !name.includes('*'), before, after };
  },
);
const resolveFilename = Module._resolveFilename;

/**
 * Lets plain Node require our TypeScript by its aliases: for what runs outside Jest's module registry, the set-up of a
 * test run among it. ES modules of node_modules need nothing: Node requires them since 20.19.
 */
Module._resolveFilename = function resolveAlias(request, ...rest) {
  return resolveFilename.call(this, aliasTarget(request) ?? request, ...rest);
};

require.extensions['.ts'] = function compileTypeScript(module, file) {
  const options = swcOptions();
  // The aliases are resolved above; rewriting them too would only cost time.
  const { paths: _paths, baseUrl: _baseUrl, ...jsc } = options.jsc;
  const source = fs.readFileSync(file, 'utf8');
  module._compile(swc.transformSync(source, { ...options, jsc, filename: file }).code, file);
};

function aliasTarget(request) {
  for (const { prefix, exact, before, after } of aliases) {
    if (exact && request === prefix) return path.resolve(root, before);
    if (!exact && request.startsWith(prefix)) {
      return path.resolve(root, before + request.slice(prefix.length) + after);
    }
  }
  return null;
}
