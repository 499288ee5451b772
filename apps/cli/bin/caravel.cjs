#!/usr/bin/env node
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const main = join(__dirname, '../../../dist/apps/cli/src/main.js');
if (existsSync(main)) require(main);
else {
  process.stderr.write(
    'Caravel is not built yet: run `npm start`, or `npm ci` and `npm run build`.\n',
  );
  process.exit(1);
}
