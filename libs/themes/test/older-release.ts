import { Client } from 'pg';
import { COMPILER } from '@libs/template-engine';
import { BlobStore } from '@platform/storage';
import { sha256 } from '../src/upload/link-styles';

/** A compiler of before, which nobody has any more. */
export const olderCompiler = 'older';

/** Does something to sealed rows that only time does: as PostgreSQL's superuser, with the seal off. */
async function unsealed(ownerUrl: string, sql: string, params: unknown[]): Promise<void> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('BEGIN; ALTER TABLE theme_versions DISABLE TRIGGER sealed');
    const { rowCount } = await client.query(sql, params);
    await client.query('ALTER TABLE theme_versions ENABLE TRIGGER sealed; COMMIT');
    expect(rowCount).toBeGreaterThan(0);
  } finally {
    await client.end();
  }
}

/** Makes versions those of an earlier release: sealed by a compiler that is no more, a year ago. */
export function asOfOlderRelease(ownerUrl: string, versionIds: readonly string[]): Promise<void> {
  return unsealed(
    ownerUrl,
    `UPDATE theme_versions SET compiler = $2, created_at = now() - interval '1 year',
       meta = replace(meta::text, '"compiler":"' || $3 || '"', '"compiler":"' || $2 || '"')::json
     WHERE version_id = ANY ($1::uuid[])`,
    [versionIds, olderCompiler, COMPILER],
  );
}

/** Gives a version a source that an earlier compiler took and the present one refuses. */
export async function withSource(
  { ownerUrl, blobs }: { ownerUrl: string; blobs: BlobStore },
  versionId: string,
  [path, text]: readonly [path: string, text: string],
): Promise<void> {
  const bytes = Buffer.from(text);
  const hash = sha256(bytes);
  const key = `private/${hash.slice(0, 2)}/${hash}`;
  await blobs.putIfAbsent(key, bytes, { contentType: 'text/plain' });
  await unsealed(
    ownerUrl,
    `UPDATE theme_versions SET manifest = jsonb_set(manifest, ARRAY[$2], $3) WHERE version_id = $1`,
    [versionId, path, JSON.stringify({ hash, size: bytes.length, mime: 'text/plain' })],
  );
}
