import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What of a line of the timeline may be forgotten: also why a shopper sent something back, what staff wrote of them, and
 * the number by which a carrier tells where a parcel went.
 */
export class TimelineForgets1795391760000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE FUNCTION order_event_forgotten(kind text, data jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
        SELECT CASE WHEN kind = 'return_requested' AND jsonb_typeof(rest -> 'lines') = 'array'
          THEN jsonb_set(rest, '{lines}', (SELECT coalesce(jsonb_agg(line - 'reason'), '[]')
            FROM jsonb_array_elements(rest -> 'lines') line))
          ELSE rest END
        FROM (SELECT data - 'note' - 'text' - 'declineReason' - CASE
          WHEN kind IN ('shipped', 'tracking_changed') THEN ARRAY['number', 'url']
          WHEN kind IN ('refund_wanted', 'edited', 'withdrawal_rejected') THEN ARRAY['reason']
          ELSE ARRAY[]::text[] END AS rest) AS left_over
      $$;
      ${guard(`order_event_forgotten(OLD.kind, OLD.data)`)}
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`${guard(`OLD.data - 'note' - 'text'`)} DROP FUNCTION order_event_forgotten;`);
  }
}

/** The trigger's function, with what the data of a line may become. */
function guard(forgotten: string): string {
  return `
    CREATE OR REPLACE FUNCTION order_events_only_forget() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.data <> ${forgotten} OR NOT (NEW.actor = OLD.actor
        OR (OLD.actor->>'kind' = 'customer' AND NEW.actor = OLD.actor || '{"label": ""}')) THEN
        RAISE EXCEPTION 'The timeline of an order can only forget names and words.'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;`;
}
