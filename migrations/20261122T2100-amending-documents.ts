import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lets an order have further invoices, and credit notes of no refund; its first invoice and each refund's note stay one. */
export class AmendingDocuments1795381200000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE documents DROP CONSTRAINT documents_store_id_order_id_kind_refund_id_key;
      CREATE UNIQUE INDEX documents_first_invoice ON documents (store_id, order_id) WHERE kind = 'invoice' AND corrects IS NULL;
      CREATE UNIQUE INDEX documents_of_refund ON documents (store_id, refund_id) WHERE refund_id IS NOT NULL;
      CREATE INDEX documents_by_order ON documents (store_id, order_id);
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP INDEX documents_by_order, documents_of_refund, documents_first_invoice;
      ALTER TABLE documents ADD CONSTRAINT documents_store_id_order_id_kind_refund_id_key
        UNIQUE NULLS NOT DISTINCT (store_id, order_id, kind, refund_id);
    `);
  }
}
