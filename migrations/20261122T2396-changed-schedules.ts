import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A version of price schedules: they can be changed until they begin, by more than one editor. */
export class ChangedSchedules1795394160000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE price_schedules ADD COLUMN version integer NOT NULL DEFAULT 1');
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE price_schedules DROP COLUMN version');
  }
}
