import { Client } from 'pg';
import { DataSource } from 'typeorm';
import type { DataSourceOptions } from 'typeorm';
import { prepareRoles } from './roles';

/** What the deploy step needs. */
export interface MigrateOptions {
  /** The address of the database's owner, who may create roles. */
  ownerUrl: string;
  /** The master secret from which the roles' passwords derive. */
  secret: string;
  /** The migrations, oldest first. */
  migrations: NonNullable<DataSourceOptions['migrations']>;
}

/**
 * Brings a database to the present schema: roles first, then every migration that has not run, all in one transaction.
 * Safe to call from several machines at once: an advisory lock lets one through at a time.
 * @returns the names of the migrations that ran
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const client = new Client({ connectionString: options.ownerUrl });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock(7021002)');
    await prepareRoles(client, options.secret);
    const source = await new DataSource({
      type: 'postgres',
      url: options.ownerUrl,
      migrations: options.migrations,
      migrationsTableName: 'schema_migrations',
      installExtensions: false,
      poolSize: 2,
    }).initialize();
    try {
      const ran = await source.runMigrations({ transaction: 'all' });
      return ran.map(({ name }) => name);
    } finally {
      await source.destroy();
    }
  } finally {
    await client.end();
  }
}
