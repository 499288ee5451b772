/** Every build of a version `v`: the one that it was sealed with, and those made since. */
const everyBuild = `
  SELECT v.compiler, v.meta, v.artefacts, v.created_at AS built_at
  UNION ALL
  SELECT t.compiler, t.meta, t.artefacts, t.built_at FROM theme_builds t
  WHERE t.store_id = v.store_id AND t.version_id = v.version_id AND t.meta IS NOT NULL`;

/** The version `$2` of the store `$1` with its best build by the compilers `$3`, of which the first is the present one. */
export const bestBuild = `
  SELECT v.theme_id AS "themeId", v.manifest, b.meta, b.artefacts, EXISTS (
    SELECT FROM theme_builds r WHERE r.store_id = v.store_id AND r.version_id = v.version_id
      AND r.compiler = ($3::text[])[1] AND r.meta IS NULL
  ) AS refused
  FROM theme_versions v
  LEFT JOIN LATERAL (
    SELECT e.meta, e.artefacts FROM (${everyBuild}) e WHERE e.compiler = ANY ($3::text[])
    ORDER BY array_position($3::text[], e.compiler) LIMIT 1
  ) b ON true
  WHERE v.store_id = $1 AND v.version_id = $2`;

/** Whether the version `$2` of the store `$1` has a build by one of the compilers `$3`; no row without the version. */
export const hasBuild = `
  SELECT EXISTS (SELECT FROM (${everyBuild}) e WHERE e.compiler = ANY ($3::text[])) AS runs
  FROM theme_versions v WHERE v.store_id = $1 AND v.version_id = $2`;

/**
 * Writes a build; one that is there already stays, unless it says that the version is refused. Parameters: store,
 * version, compiler, build id, meta, artefacts, findings, time.
 */
export const saveBuild = `
  INSERT INTO theme_builds (store_id, version_id, compiler, build_id, meta, artefacts, findings, built_at)
  SELECT v.store_id, v.version_id, $3, $4, $5, $6, $7, $8 FROM theme_versions v
  WHERE v.store_id = $1 AND v.version_id = $2
  ON CONFLICT (store_id, version_id, compiler) DO UPDATE SET
    build_id = excluded.build_id, meta = excluded.meta, artefacts = excluded.artefacts,
    findings = excluded.findings, built_at = excluded.built_at
  WHERE theme_builds.meta IS NULL
    AND (excluded.meta IS NOT NULL OR theme_builds.findings IS DISTINCT FROM excluded.findings)`;

/**
 * Versions after the key (`$2`, `$3`) that the compiler `$1` has not built, store by store: `$4` says whether the live
 * ones or the others, `$5` whether those that it refused before are tried once more.
 */
export const versionsToBuild = `
  SELECT v.store_id AS "storeId", s.handle, v.version_id AS "versionId", t.name AS "themeName", v.n
  FROM theme_versions v
  JOIN themes t USING (store_id, theme_id)
  JOIN stores s USING (store_id)
  LEFT JOIN live_themes l ON l.store_id = v.store_id AND l.version_id = v.version_id
  WHERE v.compiler <> $1 AND (v.store_id, v.version_id) > ($2::uuid, $3::uuid)
    AND (l.version_id IS NOT NULL) = $4::boolean
    AND NOT EXISTS (
      SELECT FROM theme_builds b WHERE b.store_id = v.store_id AND b.version_id = v.version_id
        AND b.compiler = $1 AND (b.meta IS NOT NULL OR NOT $5::boolean)
    )
  ORDER BY v.store_id, v.version_id LIMIT 100`;

/** Days for which the builds of another compiler stay once there are ours: machines of both releases may run. */
const keptDays = 14;

/**
 * A build `b` of another compiler than `$2` that no machine needs at the time `$1`: for two weeks it and ours have both
 * been there. What our compiler refuses keeps all that it has.
 */
const isOutlived = `b.compiler <> $2 AND b.built_at < $1::timestamptz - interval '${keptDays} days' AND EXISTS (
    SELECT FROM theme_versions v CROSS JOIN LATERAL (${everyBuild}) e
    WHERE v.store_id = b.store_id AND v.version_id = b.version_id AND e.compiler = $2
      AND e.built_at < $1::timestamptz - interval '${keptDays} days'
  )`;

/** Stores that have such builds. */
export const storesWithOldBuilds = `SELECT DISTINCT b.store_id AS id FROM theme_builds b WHERE ${isOutlived}`;

/** Takes them away in the store `$3`. */
export const deleteOldBuilds = `
  DELETE FROM theme_builds b WHERE b.store_id = $3 AND ${isOutlived} RETURNING b.build_id AS id`;
