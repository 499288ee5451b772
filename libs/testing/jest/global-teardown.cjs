/** Ends the run's PostgreSQL and waits until it is gone. */
module.exports = async function globalTeardown() {
  const keeper = globalThis.__caravelKeeper;
  if (!keeper || keeper.exitCode !== null) return;
  await new Promise((resolve) => {
    keeper.once('exit', resolve);
    keeper.ref();
    keeper.send('leave');
  });
};
