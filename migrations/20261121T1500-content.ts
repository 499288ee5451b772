import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of the content slice. */
export class Content1795273200000 implements MigrationInterface {
  async up(_q: QueryRunner): Promise<void> {}

  async down(_q: QueryRunner): Promise<void> {}
}
