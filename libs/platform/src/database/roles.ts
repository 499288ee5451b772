import type { Client } from 'pg';
import { rolePassword } from '@platform/config';

/**
 * Creates the roles where they are missing, sets their passwords and what they may do by default.
 * `caravel_search` owns search functions: under a row policy PostgreSQL refuses GIN indexes for operators that are
 * not leakproof, so such a function runs as a role that sees all rows and filters on the current store itself.
 * @param client connected as the owner
 */
export async function prepareRoles(client: Client, secret: string): Promise<void> {
  await client.query('SELECT pg_advisory_lock(7021001)');
  try {
    for (const role of ['caravel_app', 'caravel_across'] as const) {
      await createRole(client, role);
      const password = client.escapeLiteral(rolePassword(secret, role));
      await client.query(
        `ALTER ROLE ${role} LOGIN NOCREATEDB NOCREATEROLE NOINHERIT PASSWORD ${password}`,
      );
    }
    await createRole(client, 'caravel_search');
    await client.query(`
      GRANT caravel_search TO CURRENT_USER;
      GRANT USAGE ON SCHEMA public TO caravel_app, caravel_across;
      GRANT USAGE, CREATE ON SCHEMA public TO caravel_search;
      ALTER DEFAULT PRIVILEGES IN SCHEMA public
        GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO caravel_app, caravel_across;
      ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO caravel_search;
      ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO caravel_app, caravel_across;
    `);
  } finally {
    await client.query('SELECT pg_advisory_unlock(7021001)');
  }
}

async function createRole(client: Client, role: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
  if (rowCount === 0) await client.query(`CREATE ROLE ${role} NOLOGIN`);
}
