/** Writes the pages of docs/theme-manual that are made from the tables of libs/template-engine. */
require('../libs/testing/jest/register.cjs');
const fs = require('node:fs');
const path = require('node:path');
const { manualPages } = require('../libs/template-engine/manual/index.ts');

const folder = path.resolve(__dirname, '../docs/theme-manual');
for (const [name, text] of manualPages()) fs.writeFileSync(path.join(folder, name), text);
console.log(`Written: ${[...manualPages().keys()].join(', ')} in docs/theme-manual`);
