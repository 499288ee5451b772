/** Writes migrations/schema.sql: migrates a PostgreSQL of its own, prints its catalogue, and throws it away. */
require('reflect-metadata');
require('../libs/testing/jest/register.cjs');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { Client } = require('pg');
const { testSecret } = require('../libs/testing/jest/settings.cjs');
const { migrate } = require('@platform/database');
const { startEmbeddedPostgres } = require('@platform/embedded-postgres');
const { dumpSchema } = require('../libs/testing/src/dump-schema.ts');
const { migrations } = require('../migrations/index.ts');

const target = path.resolve(__dirname, '../migrations/schema.sql');

async function main() {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'caravel-schema-'));
  const cluster = await startEmbeddedPostgres({ home });
  try {
    await migrate({ ownerUrl: cluster.url, secret: testSecret, migrations });
    const owner = new Client({ connectionString: cluster.url });
    await owner.connect();
    fs.writeFileSync(target, await dumpSchema(owner));
    await owner.end();
    console.log(`Written: ${path.relative(process.cwd(), target)}`);
  } finally {
    await cluster.destroy();
    fs.rmSync(home, { recursive: true, force: true });
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
