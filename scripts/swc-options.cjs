const path = require('node:path');

const root = path.resolve(__dirname, '..');

/** Aliases of tsconfig.json in the form swc wants: absolute base, relative targets. */
const { compilerOptions } = require(path.join(root, 'tsconfig.json'));

/**
 * Options that the build and the tests share, so that what runs in tests is what runs in production.
 * @param {{hidden?: Record<string, unknown>, sourceMaps?: boolean | 'inline'}} [extra]
 */
function swcOptions(extra = {}) {
  return {
    configFile: false,
    swcrc: false,
    sourceMaps: extra.sourceMaps ?? 'inline',
    module: { type: 'commonjs', ignoreDynamic: false },
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', decorators: true, tsx: false },
      transform: {
        legacyDecorator: true,
        decoratorMetadata: true,
        useDefineForClassFields: false,
        ...(extra.hidden ? { hidden: extra.hidden } : {}),
      },
      keepClassNames: true,
      baseUrl: root,
      paths: compilerOptions.paths,
      experimental: {},
    },
  };
}

module.exports = { root, swcOptions };
