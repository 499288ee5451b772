import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lets the timeline of orders forget who somebody was, and nothing else: a line keeps its kind, its time and its facts,
 * and loses the customer's name and what was written in words.
 */
export class OrderErasure1795312920000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE FUNCTION order_events_only_forget() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.data <> OLD.data - 'note' - 'text' OR NOT (NEW.actor = OLD.actor
          OR (OLD.actor->>'kind' = 'customer' AND NEW.actor = OLD.actor || '{"label": ""}')) THEN
          RAISE EXCEPTION 'The timeline of an order can only forget names and words.'
            USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER order_events_only_forget BEFORE UPDATE ON order_events
        FOR EACH ROW EXECUTE FUNCTION order_events_only_forget();
      GRANT UPDATE (actor, data) ON order_events TO caravel_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      REVOKE UPDATE (actor, data) ON order_events FROM caravel_app;
      DROP TRIGGER order_events_only_forget ON order_events;
      DROP FUNCTION order_events_only_forget();
    `);
  }
}
