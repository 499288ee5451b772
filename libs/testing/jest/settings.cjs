/** What the lab's throw-away cluster and the suites must agree on. */
module.exports = {
  /** The master secret of every test deployment; the database roles' passwords derive from it. */
  testSecret: 'a-secret-of-the-test-lab-and-of-nothing-else',
  /** The migrated database that each suite's own database is cloned from. */
  templateDatabase: 'caravel_template',
  /** The variable that carries the address of the cluster's owner to the suites. */
  clusterUrlVariable: 'CARAVEL_TEST_POSTGRES_URL',
};
