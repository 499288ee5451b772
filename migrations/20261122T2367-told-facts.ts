import type { MigrationInterface, QueryRunner } from 'typeorm';

const told =
  'payments, payment_facts, provider_events, payment_operations, payment_attempts, disputes';

/** What providers told, and what was asked of them, is kept: nothing of the application takes it away. */
export class ToldFacts1795392420000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`REVOKE DELETE ON ${told} FROM caravel_app, caravel_across`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`GRANT DELETE ON ${told} TO caravel_app, caravel_across`);
  }
}
