import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of the media slice. */
export class Media1795267800000 implements MigrationInterface {
  async up(_q: QueryRunner): Promise<void> {}

  async down(_q: QueryRunner): Promise<void> {}
}
