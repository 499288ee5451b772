import { storeTable } from '@platform/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Words that stores give to their mails. */
export class MailTemplates1795316460000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE mail_templates (
        store_id uuid NOT NULL REFERENCES stores,
        kind text NOT NULL,
        locale text NOT NULL,
        subject text NOT NULL,
        body text NOT NULL,
        version int NOT NULL DEFAULT 1,
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (store_id, kind, locale)
      );
    `);
    await q.query(storeTable('mail_templates'));
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE mail_templates');
  }
}
