import { migrateDatabase, openDatabase, openDeployment } from './deployment';

/** `caravel migrate`: the deploy step. Starts the home's own PostgreSQL for it when no other was given. */
export async function migrateOnce(): Promise<void> {
  const deployment = openDeployment();
  const database = await openDatabase(deployment, { stopAdopted: false });
  try {
    const ran = await migrateDatabase(database.ownerUrl, deployment.secret);
    const lines =
      ran.length === 0 ? ['The database is up to date.'] : ran.map((name) => `ran ${name}`);
    process.stdout.write(`${lines.join('\n')}\n`);
  } finally {
    await database.close();
  }
}
