/**
 * Keeps the PostgreSQL of one test run: starts it, prepares the template database, says its address, and takes
 * everything away when the run ends, however it ends: the channel to Jest closes even when Jest is killed.
 */
require('./register.cjs');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { Client } = require('pg');
const { root } = require('../../../scripts/swc-options.cjs');
const { clusterUrlVariable, templateDatabase, testSecret } = require('./settings.cjs');

const prefix = 'caravel-test-postgres-';
let cluster = null;
let leaving = null;

/** Nobody wants this data after a crash: what makes it durable is switched off. */
const flags = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  max_wal_size: '256MB',
};

process.once('disconnect', leave);
process.once('message', leave);
// Ctrl-C goes to Jest, which closes the channel.
process.on('SIGINT', () => undefined);
keep().then(
  (url) => process.send?.({ url }),
  (error) => process.send?.({ error: error.stack ?? String(error) }, leave),
);

async function keep() {
  await removeLeftovers();
  const given = process.env[clusterUrlVariable];
  const url = given || (await startCluster());
  await prepareTemplate(url);
  return url;
}

async function startCluster() {
  const { startEmbeddedPostgres } = require('@platform/embedded-postgres');
  const home = path.join(os.tmpdir(), `${prefix}${process.pid}`);
  cluster = { home, ...(await startEmbeddedPostgres({ home, flags })) };
  return inDatabase(cluster.url, 'postgres');
}

/** The database that suites clone, with every migration run once. */
async function prepareTemplate(url) {
  const { migrate } = require('@platform/database');
  const { migrations } = require(path.join(root, 'migrations/index.ts'));
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`DROP DATABASE IF EXISTS ${templateDatabase} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${templateDatabase}`);
    const ownerUrl = inDatabase(url, templateDatabase);
    await migrate({ ownerUrl, secret: testSecret, migrations });
    // A session in the template would keep others from cloning it.
    await client.query(`ALTER DATABASE ${templateDatabase} ALLOW_CONNECTIONS false`);
  } finally {
    await client.end();
  }
}

/** What a keeper that was killed left behind: its folder carries its process number. */
async function removeLeftovers() {
  for (const name of fs.readdirSync(os.tmpdir())) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : NaN;
    if (!Number.isInteger(pid) || isAlive(pid)) continue;
    const home = path.join(os.tmpdir(), name);
    const { startEmbeddedPostgres } = require('@platform/embedded-postgres');
    // Adopting it is the way to its stop; one that cannot be started has only files.
    const left = await startEmbeddedPostgres({ home, flags }).catch(() => null);
    await left?.destroy();
    fs.rmSync(home, { recursive: true, force: true });
  }
}

function leave() {
  leaving ??= (async () => {
    await cluster?.destroy();
    if (cluster) fs.rmSync(cluster.home, { recursive: true, force: true });
    process.exit(0);
  })();
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function inDatabase(url, database) {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.toString();
}
