/** A theme as the API shows it. */
export interface ThemeView {
  id: string;
  name: string;
  live: boolean;
  liveVersionId: string | null;
  latestVersionId: string | null;
  latestN: number;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

/** A version as a list shows it. */
export interface VersionView {
  versionId: string;
  n: number;
  live: boolean;
  themeVersion: string;
  compiler: string;
  locales: string[];
  files: number;
  bytes: number;
  findings: number;
  createdAt: Date;
  createdBy: string;
}

/** Themes of the store `$1` with what is live of them; a condition may follow. */
export const themeColumns = `
  SELECT t.theme_id AS id, t.name, l.version_id IS NOT NULL AS live, l.version_id AS "liveVersionId",
    t.latest_version_id AS "latestVersionId", t.latest_n AS "latestN", t.created_at AS "createdAt",
    t.updated_at AS "updatedAt", t.version
  FROM themes t LEFT JOIN live_themes l ON l.store_id = t.store_id AND l.theme_id = t.theme_id
  WHERE t.store_id = $1`;

/** Versions of the store `$1`; a condition may follow. */
export const versionColumns = `
  SELECT v.version_id AS "versionId", v.n, l.version_id IS NOT NULL AS live,
    v.meta ->> 'version' AS "themeVersion", v.compiler, v.meta -> 'locales' AS locales,
    m.files, m.bytes, jsonb_array_length(v.findings) AS findings,
    v.created_at AS "createdAt", v.created_by AS "createdBy"
  FROM theme_versions v
  LEFT JOIN live_themes l ON l.store_id = v.store_id AND l.version_id = v.version_id
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS files, coalesce(sum((value ->> 'size')::int), 0)::int AS bytes
    FROM jsonb_each(v.manifest)
  ) m
  WHERE v.store_id = $1`;

/** Versions of a theme that stay whatever their age, and the days up to which all stay (domains.md, 7.1). */
const keptVersions = 20;
const keptDays = 30;

const isOld = `v.n <= t.latest_n - ${keptVersions} AND v.created_at < $1::timestamptz - interval '${keptDays} days'
  AND NOT EXISTS (SELECT FROM live_themes l WHERE l.store_id = v.store_id AND l.version_id = v.version_id)`;

/** An upload takes seconds; one that began an hour ago was killed. */
const isAbandoned = `u.started_at < $1::timestamptz - interval '1 hour'`;

/** Stores that have something to prune at the time `$1`. */
export const storesToPrune = `
  SELECT v.store_id AS id FROM theme_versions v JOIN themes t USING (store_id, theme_id) WHERE ${isOld}
  UNION SELECT u.store_id FROM theme_uploads u WHERE ${isAbandoned}`;

/** Versions to prune at the time `$1` in the store `$2`; live ones and new ones stay. */
export const versionsToPrune = `
  SELECT v.version_id AS id FROM theme_versions v JOIN themes t USING (store_id, theme_id)
  WHERE v.store_id = $2 AND ${isOld} ORDER BY v.version_id LIMIT 200`;

/** Uploads of the store `$2` that were killed before the time `$1`. */
export const uploadsToPrune = `
  SELECT u.version_id AS id FROM theme_uploads u WHERE u.store_id = $2 AND ${isAbandoned} FOR UPDATE SKIP LOCKED`;
