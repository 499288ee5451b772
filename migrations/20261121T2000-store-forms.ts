import { storeTable } from '@platform/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What shoppers send by a storefront's forms, and the password that a store may ask for. */
export class StoreForms1795291200000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE contact_messages (
        store_id uuid NOT NULL REFERENCES stores,
        message_id uuid NOT NULL,
        email text NOT NULL,
        name text NOT NULL DEFAULT '',
        phone text NOT NULL DEFAULT '',
        body text NOT NULL,
        fields jsonb NOT NULL DEFAULT '{}',
        page text NOT NULL,
        locale text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (store_id, message_id)
      );
      COMMENT ON COLUMN contact_messages.fields IS 'What the theme asks for beside the usual, by label.';
      CREATE TABLE newsletter_sign_ups (
        store_id uuid NOT NULL REFERENCES stores,
        sign_up_id uuid NOT NULL,
        email text NOT NULL CHECK (email = lower(email)),
        source text NOT NULL,
        locale text NOT NULL,
        consented_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (store_id, sign_up_id),
        UNIQUE (store_id, email)
      );
      COMMENT ON COLUMN newsletter_sign_ups.source IS 'The page whose form was sent.';
      ALTER TABLE stores ADD COLUMN password_hash text;
      COMMENT ON COLUMN stores.password_hash IS 'Shoppers must know the password to get in; null for a store that is open to all.';
    `);
    for (const table of ['contact_messages', 'newsletter_sign_ups']) {
      await q.query(storeTable(table));
    }
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE stores DROP COLUMN password_hash');
    await q.query('DROP TABLE newsletter_sign_ups, contact_messages');
  }
}
