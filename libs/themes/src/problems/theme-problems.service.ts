import { Inject, Injectable } from '@nestjs/common';
import { type Clock } from '@libs/kernel';
import { CLOCK } from '@libs/platform';
import type { StoreReader, StoreWriter } from '@platform/database';
import { SectionFailed } from '../themes.events';

/** A failure of a section, however often it was seen since it was last written. */
export interface ProblemNote {
  themeId: string;
  versionId: string;
  /** The file that lists the section, `templates/product.json`, or the layout. */
  template: string;
  /** Its id; empty for a layout. */
  section: string;
  /** `R_STEPS`, `R_KILLED`; `T_OUTDATED` of a version that does not compile any more. */
  code: string;
  /** Where in the theme it failed; line and column count from 1. */
  file: string;
  line: number;
  column: number;
  message: string;
  count: number;
  /** Pages are made without the section for a while. */
  leftOut: boolean;
}

/** A problem as the API shows it. */
export type ProblemView = Omit<ProblemNote, 'themeId' | 'leftOut'> & {
  /** Number of the version; null once it was pruned. */
  n: number | null;
  firstSeenAt: Date;
  lastSeenAt: Date;
  leftOutAt: Date | null;
};

/** Kept for each theme; the ones seen longest ago go. */
const mostProblems = 100;

/** What failed in pages made of a theme, one row for each section and code, counted. */
@Injectable()
export class ThemeProblems {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** The problems of a theme's versions, those seen last first; at most a hundred. */
  list(store: StoreReader, themeId: string): Promise<ProblemView[]> {
    return store.query<ProblemView>(
      `SELECT p.version_id AS "versionId", v.n, p.template, p.section, p.code, p.file, p.line, p."column",
         p.message, p.count::int AS count, p.first_seen_at AS "firstSeenAt",
         p.last_seen_at AS "lastSeenAt", p.left_out_at AS "leftOutAt"
       FROM theme_problems p
       LEFT JOIN theme_versions v ON v.store_id = p.store_id AND v.version_id = p.version_id
       WHERE p.store_id = $1 AND p.theme_id = $2
       ORDER BY p.last_seen_at DESC, p.version_id, p.template, p.section, p.code`,
      [store.storeId, themeId],
    );
  }

  /**
   * Adds what was seen. What a theme that was deleted in the meantime did is forgotten.
   * @returns the themes that it was seen in
   */
  async note(
    store: StoreWriter,
    notes: readonly ProblemNote[],
    now = this.clock.now(),
  ): Promise<string[]> {
    const themeIds = [...new Set(notes.map(({ themeId }) => themeId))];
    await store.execute(upsert, [store.storeId, JSON.stringify(notes), now]);
    await store.execute(cut, [store.storeId, themeIds, mostProblems]);
    return themeIds;
  }

  /** Notes what sections did, and says it to the other slices once a day for each problem of the live version. */
  async record(store: StoreWriter, notes: readonly ProblemNote[]): Promise<void> {
    const now = this.clock.now();
    const themeIds = await this.note(store, notes, now);
    const news = await store.query<Omit<ProblemNote, 'column' | 'message' | 'count'>>(tell, [
      store.storeId,
      themeIds,
      now,
    ]);
    for (const problem of news) store.publish(SectionFailed, problem);
  }
}

const upsert = `
  INSERT INTO theme_problems (store_id, theme_id, version_id, template, section, code, file, line, "column",
    message, count, first_seen_at, last_seen_at, left_out_at)
  SELECT $1, p."themeId", p."versionId", p.template, p.section, p.code, p.file, p.line, p."column", p.message,
    p.count, $3, $3, CASE WHEN p."leftOut" THEN $3::timestamptz END
  FROM jsonb_to_recordset($2::jsonb) AS p ("themeId" uuid, "versionId" uuid, template text, section text,
    code text, file text, line int, "column" int, message text, count int, "leftOut" boolean)
  JOIN themes t ON t.store_id = $1 AND t.theme_id = p."themeId"
  -- Equal order in every transaction: two renderers wait for each other instead of deadlocking.
  ORDER BY p."versionId", p.template, p.section, p.code
  ON CONFLICT (store_id, version_id, template, section, code) DO UPDATE SET
    file = excluded.file, line = excluded.line, "column" = excluded."column", message = excluded.message,
    count = theme_problems.count + excluded.count,
    last_seen_at = greatest(theme_problems.last_seen_at, excluded.last_seen_at),
    left_out_at = coalesce(excluded.left_out_at, theme_problems.left_out_at)`;

const cut = `
  DELETE FROM theme_problems p
  USING (
    SELECT version_id, template, section, code,
      row_number() OVER (PARTITION BY theme_id ORDER BY last_seen_at DESC, version_id DESC) AS place
    FROM theme_problems WHERE store_id = $1 AND theme_id = ANY ($2::uuid[])
  ) old
  WHERE p.store_id = $1 AND old.place > $3 AND p.version_id = old.version_id AND p.template = old.template
    AND p.section = old.section AND p.code = old.code`;

const tell = `
  UPDATE theme_problems p SET told_at = $3
  FROM live_themes l
  WHERE p.store_id = $1 AND p.theme_id = ANY ($2::uuid[]) AND p.last_seen_at = $3
    AND l.store_id = p.store_id AND l.version_id = p.version_id
    AND (p.told_at IS NULL OR p.told_at <= $3::timestamptz - interval '1 day')
  RETURNING p.theme_id AS "themeId", p.version_id AS "versionId", p.template, p.section, p.code, p.file, p.line,
    p.left_out_at IS NOT NULL AS "leftOut"`;
