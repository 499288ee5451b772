const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const swc = require('@swc/core');
const { swcOptions } = require('../../../scripts/swc-options.cjs');

/**
 * Compiles our TypeScript, and the ES modules of node_modules, to CommonJS: Nest 12 is ESM-only and Jest runs CommonJS.
 * Plain CommonJS passes through untouched, which keeps a suite's module graph cheap.
 */
module.exports = {
  canInstrument: false,
  getCacheKey(source, file, options) {
    return crypto
      .createHash('sha1')
      .update(source)
      .update(file)
      .update(options.configString)
      .update('2')
      .digest('hex');
  },
  process(source, file) {
    if (file.endsWith('.json')) return { code: source };
    const typescript = /\.[mc]?ts$/.test(file);
    if (!typescript && !isModule(file)) return { code: source };
    const options = swcOptions({ hidden: { jest: true } });
    if (!typescript) {
      options.jsc.parser = { syntax: 'ecmascript' };
      options.jsc.transform = { hidden: { jest: true } };
      delete options.jsc.paths;
      delete options.jsc.baseUrl;
    }
    const { code } = swc.transformSync(source, { ...options, filename: file });
    return { code };
  },
};

/** Node's own rule: the ending decides, else the `type` of the nearest package.json. */
function isModule(file) {
  if (file.endsWith('.mjs')) return true;
  if (file.endsWith('.cjs')) return false;
  return packageType(path.dirname(file)) === 'module';
}

const types = new Map();

function packageType(dir) {
  if (types.has(dir)) return types.get(dir);
  const manifest = path.join(dir, 'package.json');
  const parent = path.dirname(dir);
  let type = 'commonjs';
  if (fs.existsSync(manifest))
    type = JSON.parse(fs.readFileSync(manifest, 'utf8')).type ?? 'commonjs';
  else if (parent !== dir) type = packageType(parent);
  types.set(dir, type);
  return type;
}
