import { storeTable } from '@platform/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which products a merchant shows beside another. */
export class ProductRecommendations1795394280000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE product_recommendations (
        store_id uuid NOT NULL,
        product_id uuid NOT NULL,
        -- related: instead of it. complementary: together with it.
        intent text NOT NULL CHECK (intent IN ('related', 'complementary')),
        recommended_id uuid NOT NULL CHECK (recommended_id <> product_id),
        -- From 1.
        position int NOT NULL CHECK (position > 0),
        PRIMARY KEY (store_id, product_id, intent, recommended_id),
        FOREIGN KEY (store_id, product_id) REFERENCES products ON DELETE CASCADE,
        FOREIGN KEY (store_id, recommended_id) REFERENCES products ON DELETE CASCADE
      );
      CREATE INDEX product_recommendations_by_recommended
        ON product_recommendations (store_id, recommended_id);
    `);
    await q.query(storeTable('product_recommendations'));
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE product_recommendations');
  }
}
