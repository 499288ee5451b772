// Plain old JavaScript until the version is checked: an old Node must get this far.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `Caravel needs Node 20.19 or later and this is ${process.versions.node}: install a newer one from https://nodejs.org.\n`,
  );
  process.exit(1);
}

import('./prepare.mjs')
  .then(({ prepare }) => prepare())
  .then(({ requireBuilt }) => {
    process.argv.splice(2, 0, 'start');
    // In this very process, so that there is one to stop.
    requireBuilt('apps/cli/src/main.js');
  })
  .catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
