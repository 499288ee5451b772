const { fork } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { clusterUrlVariable } = require('./settings.cjs');

/** Gives the run a PostgreSQL of its own, unless only unit tests were asked for. */
module.exports = async function globalSetup(globalConfig, projectConfig) {
  if (!needsDatabase(globalConfig, projectConfig)) return;
  // In a session of its own: Ctrl-C ends Jest, and the keeper then cleans up.
  const keeper = fork(path.join(__dirname, 'keeper.cjs'), { detached: true });
  const answer = await new Promise((resolve) => {
    keeper.once('message', resolve);
    keeper.once('exit', (code) => resolve({ error: `The keeper of the database ended: ${code}` }));
  });
  if (answer.error) throw new Error(answer.error);
  process.env[clusterUrlVariable] = answer.url;
  globalThis.__caravelKeeper = keeper;
  // Neither the keeper nor the channel to it may keep Jest alive.
  keeper.unref();
  keeper.channel?.unref();
};

function needsDatabase({ testPathPatterns, onlyChanged, findRelatedTests }, { roots, rootDir }) {
  if (onlyChanged || findRelatedTests || !testPathPatterns.isSet()) return true;
  const patterns = testPathPatterns.toExecutor({ rootDir });
  return roots.some((folder) =>
    fs
      .readdirSync(folder, { recursive: true })
      .some(
        (file) => /\.(int|e2e)-spec\.ts$/.test(file) && patterns.isMatch(path.join(folder, file)),
      ),
  );
}
