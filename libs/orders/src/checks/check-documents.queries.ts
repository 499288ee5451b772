import type { StoreReader } from '@platform/database';

/** A document that is not what was issued. */
export interface DocumentFault {
  /** `document-content`: not what its hash was taken of. `document-file`: its PDF is not the one that was printed first. */
  kind: 'document-content' | 'document-file';
  documentId: string;
  /** Hexadecimal SHA-256: of what is there, and as it was noted. */
  found: string;
  expected: string;
}

/** I30: an issued document never changes. @param orderIds the orders whose documents are looked at */
export function checkDocuments(
  store: StoreReader,
  orderIds: readonly string[],
): Promise<DocumentFault[]> {
  return store.query<DocumentFault>(
    `WITH looked AS (
       SELECT document_id, content_sha256, encode(sha256(convert_to(content::text, 'UTF8')), 'hex') AS now
       FROM documents WHERE store_id = $1 AND order_id = ANY ($2::uuid[])
     ), printed AS (
       SELECT document_id, f.sha256, encode(sha256(f.bytes), 'hex') AS now
       FROM document_files f JOIN looked USING (document_id) WHERE f.store_id = $1
     )
     SELECT 'document-content' AS kind, document_id AS "documentId", now AS found, content_sha256 AS expected
     FROM looked WHERE now <> content_sha256
     UNION ALL
     SELECT 'document-file', document_id, now, sha256 FROM printed WHERE now <> sha256
     ORDER BY 2, 1`,
    [store.storeId, orderIds],
  );
}
