import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Until when a provider stands by what is authorized, and whether somebody was warned that it ends. */
export class AuthorizationAges1795392120000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- Null while nothing is authorized, and where the provider names no end.
      ALTER TABLE payments ADD COLUMN authorization_expires_at timestamptz,
        ADD COLUMN authorization_due_at timestamptz, ADD COLUMN authorization_warned_at timestamptz;
      CREATE INDEX payments_ageing ON payments (authorization_due_at)
        WHERE authorization_due_at IS NOT NULL AND authorization_warned_at IS NULL;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP INDEX payments_ageing;
      ALTER TABLE payments DROP COLUMN authorization_expires_at, DROP COLUMN authorization_due_at,
        DROP COLUMN authorization_warned_at;
    `);
  }
}
