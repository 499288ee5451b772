import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { COMPILER, RUNNABLE_COMPILERS } from '@libs/template-engine';
import { RebuildThemes } from '@libs/themes';
import { BlobStore } from '@platform/storage';
import { labEnv, type Merchant } from '@testing';
import { testSecret } from '../../../libs/testing/jest/settings.cjs';
import { MissingBuilds } from '../../../libs/themes/src/renderer/missing-builds';
import {
  asOfOlderRelease,
  olderCompiler,
  withSource,
} from '../../../libs/themes/test/older-release';
import { aTheme, zipOf } from '../../../libs/themes/test/theme.builder';
import { type OpenRenderer, type ShopLab, openRenderer, openShopLab } from './shop-lab';

const cli = join(__dirname, '../../../dist/apps/cli/src/main.js');

const shows = (word: string) =>
  aTheme({
    'sections/main.hbs': `<p>${word} of {{@shop.name}}</p>\n{{#schema}}{"name":"Main","settings":[]}{{/schema}}`,
  });

const refusedSource = `<p>
{{nothing_like_it @shop.name}}</p>
{{#schema}}{"name":"Main","settings":[]}{{/schema}}`;

describe('a platform whose engine has changed', () => {
  let lab: ShopLab;
  let other: Merchant;
  /** Of the merchant's theme, oldest first; the last one is live. */
  let versions: string[];
  let themeId: string;

  const env = () => ({ ...labEnv({ url: lab.api.ownerUrl, secret: testSecret }, lab.api.home) });
  const started: ChildProcess[] = [];
  const migrate = (...flags: string[]) => {
    const child = spawn(process.execPath, [cli, 'migrate', ...flags], {
      env: { PATH: process.env.PATH, ...env() },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.push(child);
    return child;
  };
  /** Runs the deploy step to its end. */
  const migrated = async (...flags: string[]) => {
    const child = migrate(...flags);
    const code = new Promise<number | null>((resolve) => child.once('close', resolve));
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await code, out, err };
  };
  /** The same without a process of its own: what it did, as `state n`. */
  const rebuilt = async (options = { liveOnly: false, retryRefused: true }) => {
    const done: string[] = [];
    for await (const one of lab.api.app.get(RebuildThemes, { strict: false }).run(options))
      done.push(`${one.state} ${one.n}, ${one.runs ? 'runs' : 'is down'}`);
    return done;
  };
  const across = <Row>(sql: string, params: unknown[] = []) =>
    lab.api.db.acrossStores('read in a test', (tx) => tx.query<Row>(sql, params));
  const builds = () =>
    across<{ version_id: string; meta: object | null }>(
      'SELECT * FROM theme_builds ORDER BY store_id, version_id, compiler',
    );
  const forget = () => across('DELETE FROM theme_builds');
  const upload = async (merchant: Merchant, files: Record<string, string | Buffer>, query = '') => {
    const file = { name: 'theme.zip', content: await zipOf(files) };
    const address = `POST /stores/${merchant.storeId}/themes${query}`;
    const answer = await lab.api.call(address, { token: merchant.token, file });
    expect([answer.status, answer.body.errors]).toEqual([201, undefined]);
    return answer.body as { id: string; versionId: string; unchanged: boolean };
  };
  const publish = (merchant: Merchant, id: string, versionId?: string) =>
    lab.api.call(`POST /stores/${merchant.storeId}/themes/${id}/publish`, {
      token: merchant.token,
      body: { versionId },
    });
  /** What a renderer that is just started answers. */
  const withRenderer = async <T>(work: (renderer: OpenRenderer) => Promise<T>): Promise<T> => {
    const renderer = await openRenderer(lab.api);
    try {
      return await work(renderer);
    } finally {
      await renderer.close();
    }
  };
  const page = (merchant: Merchant) => withRenderer((renderer) => renderer.visit(merchant, '/'));

  beforeAll(async () => {
    lab = await openShopLab(shows('First'));
    const { body } = await lab.call('GET /themes');
    ({ id: themeId } = body.items[0]);
    versions = [body.items[0].liveVersionId];
    for (const word of ['Second', 'Third'])
      versions.push((await upload(lab.merchant, shows(word), `?themeId=${themeId}`)).versionId);
    await publish(lab.merchant, themeId);
    other = await lab.api.aMerchant();
    const { id } = await upload(other, shows('Another'));
    await publish(other, id);
    await lab.api.drain();
  }, 180_000);
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
  });
  afterAll(() => lab.close());

  it('shows every theme as before once the deploy step has run, and does nothing the second time', async () => {
    const before = await page(lab.merchant);
    expect([before.status, before.body.toString()]).toEqual([
      200,
      expect.stringContaining('<p>Third of'),
    ]);
    await asOfOlderRelease(lab.api.ownerUrl, versions);
    const { code, out, err } = await migrated();
    expect([code, err]).toEqual([0, '']);
    const told = (n: number, live = '') =>
      `built ${lab.merchant.handle}: theme “Plain”, version ${n}${live}`;
    expect(out.trimEnd().split('\n')).toEqual([told(3, ' (live)'), told(1), told(2)]);
    const after = await page(lab.merchant);
    expect(after.status).toBe(200);
    expect(after.body.equals(before.body)).toBe(true);
    const rows = await builds();
    const files = await across('SELECT * FROM blob_refs ORDER BY 1, 2, 3, 4');
    expect(rows.map(({ version_id: id }) => id)).toEqual([...versions].sort());
    expect(await rebuilt()).toEqual([]);
    expect(await builds()).toEqual(rows);
    expect(await across('SELECT * FROM blob_refs ORDER BY 1, 2, 3, 4')).toEqual(files);
  }, 180_000);

  it('goes on after a kill where it was', async () => {
    await forget();
    const child = migrate();
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    const half = await builds();
    expect(half.length).toBeGreaterThanOrEqual(1);
    expect(half.map(({ version_id: id }) => id)).toContain(versions[2]);
    expect(await rebuilt()).toHaveLength(3 - half.length);
    expect(await builds()).toHaveLength(3);
    expect(await builds()).toEqual(expect.arrayContaining(half));
    const claims = await across<{ started: number }>(
      'SELECT count(*)::int AS started FROM theme_uploads',
    );
    expect(claims[0]?.started).toBeLessThanOrEqual(1);
    expect((await page(lab.merchant)).status).toBe(200);
  }, 180_000);

  it('builds only what shoppers see where it is told so, and leaves the rest to whoever needs it', async () => {
    await forget();
    expect((await migrated('--live-only')).out).toMatch(/^built [^\n]*version 3 \(live\)\n$/);
    expect((await builds()).map(({ version_id: id }) => id)).toEqual([versions[2]]);
    const preview = await lab.call('POST /theme-previews', { themeVersionId: versions[0] });
    expect(preview.status).toBe(201);
    const back = await publish(lab.merchant, themeId, versions[1]);
    expect([back.status, back.body.versionId]).toEqual([200, versions[1]]);
    expect((await builds()).length).toBe(3);
    await lab.api.drain();
    await withRenderer(async ({ visit }) => {
      expect((await visit(lab.merchant, '/')).body.toString()).toContain('<p>Second of');
      const headers = { cookie: `caravel_preview=${preview.body.token}` };
      const seen = await visit(lab.merchant, '/', { headers });
      expect([seen.status, seen.body.toString()]).toEqual([
        200,
        expect.stringContaining('<p>First of'),
      ]);
    });
    const rolled = await lab.call(`POST /themes/${themeId}/rollback`);
    expect([rolled.status, rolled.body.versionId]).toEqual([200, versions[2]]);
    await lab.api.drain();
  }, 180_000);

  it('is excused while a page’s build is missing, and makes it by itself', async () => {
    await forget();
    await withRenderer(async ({ visit, module }) => {
      const missing = await visit(lab.merchant, '/');
      expect([missing.status, missing.headers['retry-after']]).toEqual([503, '30']);
      const sections = await visit(lab.merchant, '/?sections=main');
      expect(sections.status).toBe(503);
      expect((await visit(other, '/')).status).toBe(200);
      await module.get(MissingBuilds, { strict: false }).settled();
      const made = await visit(lab.merchant, '/');
      expect([made.status, made.body.toString()]).toEqual([
        200,
        expect.stringContaining('<p>Third of'),
      ]);
    });
    expect((await builds()).map(({ version_id: id }) => id)).toEqual([versions[2]]);
  }, 180_000);

  it('makes no new version of sources that an earlier compiler has sealed', async () => {
    const again = await upload(lab.merchant, shows('Third'), `?themeId=${themeId}`);
    expect(again).toMatchObject({ unchanged: true, versionId: versions[2] });
  });

  describe('and refuses a theme that it took before', () => {
    const blobs = () => lab.api.app.get(BlobStore, { strict: false });
    const told = () =>
      across<{ payload: { versionId: string } }>(
        `SELECT payload FROM outbox_events WHERE name = 'themes.version-refused'`,
      );
    const problems = async () =>
      (await lab.call(`GET /themes/${themeId}/problems`)).body.items as {
        code: string;
        count: number;
      }[];

    beforeAll(async () => {
      await forget();
      const source = ['sections/main.hbs', refusedSource] as const;
      const of = { ownerUrl: lab.api.ownerUrl, blobs: blobs() };
      await withSource(of, versions[2] ?? '', source);
    });

    it('says which, and that the earlier release must go on; all others are well', async () => {
      const { code, out, err } = await migrated();
      expect(code).toBe(1);
      expect(out.trimEnd().split('\n')).toHaveLength(2);
      expect(err).toContain(
        `${lab.merchant.handle}: theme “Plain”, version 3 (live) does not compile any more:\n    sections/main.hbs:2:`,
      );
      expect(err).toContain('This release cannot show it.\nOne store shows a theme');
      await withRenderer(async ({ visit, module }) => {
        const refused = await visit(lab.merchant, '/');
        expect(refused.status).toBe(503);
        await module.get(MissingBuilds, { strict: false }).settled();
        expect((await visit(other, '/')).status).toBe(200);
      });
    }, 180_000);

    it('tells the merchant once, and who would publish it why not', async () => {
      const before = await builds();
      expect(await rebuilt()).toEqual(['refused 3, is down']);
      expect(await builds()).toEqual(before);
      expect(before.filter(({ meta }) => meta === null)).toHaveLength(1);
      expect(await problems()).toEqual([
        expect.objectContaining({
          code: 'T_OUTDATED',
          count: 1,
          versionId: versions[2],
          file: 'sections/main.hbs',
          line: 2,
        }),
      ]);
      expect(await told()).toEqual([
        { payload: expect.objectContaining({ versionId: versions[2], compiler: COMPILER }) },
      ]);
      const preview = await lab.call('POST /theme-previews', { themeVersionId: versions[2] });
      expect([preview.status, preview.body.code]).toEqual([422, 'themes.invalid-theme']);
      expect(preview.body.findings[0]).toMatchObject({ file: 'sections/main.hbs', line: 2 });
    }, 180_000);

    it('goes on with the build of an earlier compiler where that still runs', async () => {
      const runnable = RUNNABLE_COMPILERS as string[];
      runnable.push(olderCompiler);
      try {
        const shown = await page(lab.merchant);
        expect([shown.status, shown.body.toString()]).toEqual([
          200,
          expect.stringContaining('<p>Third of'),
        ]);
        expect(await rebuilt()).toEqual(['refused 3, runs']);
        expect(await rebuilt({ liveOnly: false, retryRefused: false })).toEqual([]);
      } finally {
        runnable.pop();
      }
    });

    it('is well again with another version', async () => {
      const answer = await publish(lab.merchant, themeId, versions[1]);
      expect(answer.status).toBe(200);
      await lab.api.drain();
      expect((await page(lab.merchant)).body.toString()).toContain('<p>Second of');
      const { code, out } = await migrated();
      expect([code, out]).toEqual([0, 'The database is up to date.\n']);
    }, 180_000);
  });

  it('has touched no other store', async () => {
    const rows = await across('SELECT 1 FROM theme_builds WHERE store_id = $1', [other.storeId]);
    expect(rows).toEqual([]);
  });
});
