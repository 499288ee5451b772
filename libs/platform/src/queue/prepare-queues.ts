import { runMigrations } from 'bullmq';
import { Client } from 'pg';

/**
 * Makes or renews BullMQ's own tables, in the schema `bullmq`, and lets the role that works across stores use them.
 * A part of the deploy step, after the roles exist; safe to call again, and from several machines at once.
 * @param ownerUrl the address of the database's owner
 * @returns the version of BullMQ's schema
 */
export async function prepareQueues(ownerUrl: string): Promise<number> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const version = await runMigrations(client);
    await client.query(`
      GRANT USAGE, CREATE ON SCHEMA bullmq TO caravel_across;
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA bullmq TO caravel_across;
      GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA bullmq TO caravel_across;
    `);
    return version;
  } finally {
    await client.end();
  }
}
