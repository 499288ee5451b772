import type { MigrationInterface, QueryRunner } from 'typeorm';
import { type RemovedHtml, htmlErrors, plainText, sanitizeHtml } from '@libs/kernel';

/** Where HTML of merchants stands: the table, the id of a row, what the audit log calls it, the columns. */
const PLACES = [
  { table: 'products', id: 'product_id', kind: 'product', columns: ['body_html'] },
  { table: 'collections', id: 'collection_id', kind: 'collection', columns: ['body_html'] },
  { table: 'pages', id: 'page_id', kind: 'page', columns: ['body_html'] },
  { table: 'articles', id: 'article_id', kind: 'article', columns: ['body_html', 'excerpt_html'] },
] as const;

type Place = (typeof PLACES)[number];
type Row = { store_id: string; id: string } & Record<string, string>;

const batch = 200;
const nowhere = '00000000-0000-0000-0000-000000000000';

/**
 * Sanitises what was written before writers did: pages print it as it is. What a row lost is in the audit log; words
 * that stood in a script are found by a search until the row is written again.
 */
export class SanitizedHtml1795392480000 implements MigrationInterface {
  async up(q: Pick<QueryRunner, 'query'>): Promise<void> {
    for (const place of PLACES) {
      let last: Pick<Row, 'store_id' | 'id'> | undefined = { store_id: nowhere, id: nowhere };
      while (last) {
        const rows: Row[] = await q.query(
          `SELECT store_id, ${place.id} AS id, ${place.columns.join()} FROM ${place.table}
           WHERE (store_id, ${place.id}) > ($1::uuid, $2::uuid) ORDER BY store_id, ${place.id} LIMIT ${batch}`,
          [last.store_id, last.id],
        );
        for (const row of rows) await rewrite(q, place, row);
        last = rows.length < batch ? undefined : rows.at(-1);
      }
    }
  }

  /** What was taken out is not kept. */
  async down(): Promise<void> {}
}

async function rewrite(q: Pick<QueryRunner, 'query'>, place: Place, row: Row): Promise<void> {
  const { table, id, kind, columns } = place;
  const made = columns.map((column) => ({ column, ...clean(row[column] ?? '') }));
  if (made.every(({ column, html }) => html === row[column])) return;
  await q.query(
    `UPDATE ${table} SET ${columns.map((column, i) => `${column} = $${i + 3}`).join()}
     WHERE store_id = $1 AND ${id} = $2`,
    [row.store_id, row.id, ...made.map(({ html }) => html)],
  );
  // Pages that are kept somewhere are older than this.
  await q.query(
    `INSERT INTO store_stamps (store_id, v) VALUES ($1, 2)
     ON CONFLICT (store_id) DO UPDATE SET v = store_stamps.v + 1`,
    [row.store_id],
  );
  const removed = made.flatMap((one) => one.removed);
  if (removed.length === 0) return;
  await q.query(
    `INSERT INTO audit_log (store_id, entry_id, actor, action, target_kind, target_id, after)
     VALUES ($1, gen_random_uuid(), '{"kind":"system","userId":null,"label":"migration"}', $2, $3, $4, $5)`,
    [row.store_id, `${kind}.updated`, kind, row.id, JSON.stringify({ removedHtml: removed })],
  );
}

/** Sanitised HTML; of HTML that nobody can read, its words. */
function clean(html: string): { html: string; removed: RemovedHtml[] } {
  try {
    return sanitizeHtml(html);
  } catch (error) {
    if (!htmlErrors.is(error, 'too-complex')) throw error;
    const removed = [{ element: '*', attribute: null, count: 1 }];
    return { html: sanitizeHtml(plainText(html)).html, removed };
  }
}
