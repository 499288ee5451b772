import { Client } from 'pg';
import type { QueryRunner } from 'typeorm';
import { ContentApiModule } from '@api/content';
import { IdentityApiModule } from '@api/identity';
import { StoresApiModule } from '@api/stores';
import { type ApiLab, type Merchant, openApiLab } from '@testing';
import { SanitizedHtml1795392480000 } from '../../../migrations/20261122T2368-sanitized-html';

describe('HTML that was stored before it was sanitised', () => {
  let lab: ApiLab;
  let merchant: Merchant;
  let owner: Client;

  beforeAll(async () => {
    lab = await openApiLab([IdentityApiModule, StoresApiModule, ContentApiModule]);
    merchant = await lab.aMerchant();
    owner = new Client({ connectionString: lab.ownerUrl });
    await owner.connect();
  }, 120_000);
  afterAll(async () => {
    await owner.end();
    await lab.close();
  });

  it('is sanitised by the migration, which says what it took out, and finds nothing the second time', async () => {
    const write = async (title: string) => {
      const { body } = await lab.call(`POST /stores/${merchant.storeId}/pages`, {
        token: merchant.token,
        body: { title, bodyHtml: '<p>Fine</p>' },
      });
      return String(body.id);
    };
    const ids = [await write('A'), await write('B'), await write('C')];
    const store = async (at: number, html: string) =>
      owner.query('UPDATE pages SET body_html = $1 WHERE page_id = $2', [html, ids[at]]);
    await store(0, '<p onclick="a()">A</p><script>b()</script>');
    await store(2, `${'<div>'.repeat(1_000)}C`);
    const read = async () => {
      const pages = await owner.query('SELECT page_id AS id, body_html AS html FROM pages');
      const html = new Map(pages.rows.map((row) => [row.id, row.html]));
      const log = await owner.query(
        `SELECT target_id AS id, after FROM audit_log WHERE action = 'page.updated' ORDER BY 1`,
      );
      const { rows: stamps } = await owner.query('SELECT v FROM store_stamps');
      return { html: ids.map((id) => html.get(id)), log: log.rows, stamps };
    };
    const { stamps } = await read();
    const migration = new SanitizedHtml1795392480000();
    const query = ((sql: string, values?: unknown[]) =>
      owner.query(sql, values).then(({ rows }) => rows)) as QueryRunner['query'];
    await migration.up({ query });
    const after = await read();
    expect(after.html).toEqual(['<p>A</p>', '<p>Fine</p>', 'C']);
    expect(after.stamps).not.toEqual(stamps);
    const lost = [
      { element: 'p', attribute: 'onclick', count: 1 },
      { element: 'script', attribute: null, count: 1 },
    ];
    expect(after.log).toEqual(
      expect.arrayContaining([
        { id: ids[0], after: { removedHtml: lost } },
        { id: ids[2], after: { removedHtml: [{ element: '*', attribute: null, count: 1 }] } },
      ]),
    );
    expect(after.log).toHaveLength(2);
    await migration.up({ query });
    expect(await read()).toEqual(after);
  });
});
