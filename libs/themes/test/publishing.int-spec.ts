import { Client } from 'pg';
import { StorefrontThemes } from '@renderer/themes';
import { BlobStore } from '@platform/storage';
import { Themes } from '../src/themes.service';
import { PruneVersions } from '../src/worker/prune-versions.job';
import { aTheme } from './theme.builder';
import { type ThemesLab, openThemesLab } from './themes-lab';

interface Uploaded {
  id: string;
  versionId: string;
}

describe('publishing a theme', () => {
  let themes: ThemesLab;
  let call: ThemesLab['call'];
  let theme: string;
  /** The versions of `theme`, oldest first. */
  let versions: string[];

  const uploadCss = async (css: string, query = ''): Promise<Uploaded> =>
    (await themes.upload(aTheme({ 'assets/base.css': css }), { query })).body;

  beforeAll(async () => {
    themes = await openThemesLab();
    ({ call } = themes);
    const { id, versionId } = await uploadCss('a { color: red }');
    theme = id;
    versions = [versionId];
    for (const colour of ['lime', 'blue']) {
      const next = await uploadCss(`a { color: ${colour} }`, `?themeId=${id}`);
      versions.push(next.versionId);
    }
  });
  afterAll(() => themes.lab.close());

  const read = <T>(work: Parameters<ThemesLab['lab']['db']['read']>[1]) =>
    themes.lab.db.read(themes.merchant.storeId, work) as Promise<T>;
  const stamp = async () =>
    (await read<{ v: number }[]>((store) => store.query('SELECT v FROM store_stamps')))[0]?.v ?? 0;
  const storefront = () => themes.lab.app.get(StorefrontThemes, { strict: false });

  it('shows nothing before anything was published', async () => {
    expect(await read((store) => storefront().live(store))).toBeNull();
    const none = await call(`POST /themes/${theme}/rollback`);
    expect([none.status, none.body.code]).toEqual([409, 'themes.theme-not-live']);
  });

  it('moves one pointer, raises the store’s stamp and writes it down', async () => {
    const before = await stamp();
    const answer = await call(`POST /themes/${theme}/publish`, { versionId: versions[0] });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ id: theme, n: 1, previousVersionId: null });
    await themes.lab.drain();
    expect(await stamp()).toBeGreaterThan(before);
    const live = await read((store) => storefront().live(store));
    expect(live).toMatchObject({ themeId: theme, versionId: versions[0] });
    const again = await call(`POST /themes/${theme}/publish`, { versionId: versions[0] });
    expect(again.body.publicationId).toBe(answer.body.publicationId);
    const audit = await read<{ action: string }[]>((store) =>
      store.query(`SELECT action FROM audit_log WHERE action = 'theme.published'`),
    );
    expect(audit).toHaveLength(1);
  });

  it('publishes the latest without a body, and goes back step by step', async () => {
    await call(`POST /themes/${theme}/publish`, { versionId: versions[1] });
    const latest = await call(`POST /themes/${theme}/publish`);
    expect(latest.body).toMatchObject({ versionId: versions[2], previousVersionId: versions[1] });
    const one = await call(`POST /themes/${theme}/rollback`);
    expect(one.body).toMatchObject({ versionId: versions[1], previousVersionId: versions[0] });
    const two = await call(`POST /themes/${theme}/rollback`);
    expect(two.body).toMatchObject({ versionId: versions[0], previousVersionId: null });
    const end = await call(`POST /themes/${theme}/rollback`);
    expect([end.status, end.body.code]).toEqual([409, 'themes.nothing-before']);
    const named = await call(`POST /themes/${theme}/rollback`, { versionId: versions[2] });
    expect(named.body.versionId).toBe(versions[2]);
    const history = await call('GET /theme-publications?limit=2');
    expect(history.body.items.map(({ kind, n }: { kind: string; n: number }) => [kind, n])).toEqual(
      [
        ['rollback', 3],
        ['rollback', 1],
      ],
    );
    const older = await call(`GET /theme-publications?cursor=${history.body.nextCursor}`);
    expect(older.body.items).toHaveLength(4);
  });

  it('goes back to another theme where that was live before', async () => {
    const other = await uploadCss('a { color: teal }');
    await call(`POST /themes/${other.id}/publish`);
    const back = await call(`POST /themes/${other.id}/rollback`);
    expect(back.body).toMatchObject({ id: theme, versionId: versions[2] });
    expect((await call(`DELETE /themes/${other.id}`)).status).toBe(204);
    expect((await call(`GET /themes/${other.id}`)).status).toBe(404);
    const foreign = await call(`POST /themes/${theme}/publish`, { versionId: other.versionId });
    expect([foreign.status, foreign.body.code]).toEqual([404, 'themes.version-not-found']);
  });

  it('tells a publisher who looked at something else, and lets one of many through', async () => {
    const stale = await call(`POST /themes/${theme}/publish`, {
      versionId: versions[0],
      expectedVersionId: versions[1],
    });
    expect([stale.status, stale.body.code]).toEqual([409, 'themes.live-moved']);
    expect(stale.body.current.versionId).toBe(versions[2]);
    const answers = await Promise.all(
      [0, 1, 0, 1].map((at) =>
        call(`POST /themes/${theme}/publish`, {
          versionId: versions[at],
          expectedVersionId: versions[2],
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(3);
    await call(`POST /themes/${theme}/publish`);
  });

  it('does not delete what is live', async () => {
    const { status, body } = await call(`DELETE /themes/${theme}`);
    expect([status, body.code]).toEqual([409, 'themes.theme-is-live']);
    const shown = await call(`GET /themes/${theme}`);
    expect(shown.body).toMatchObject({ live: true, liveVersionId: versions[2], latestN: 3 });
  });

  it('is forbidden to who may not', async () => {
    const stranger = await themes.lab.aMerchant();
    expect((await call(`POST /themes/${theme}/publish`, {}, stranger)).status).toBe(404);
    expect((await call('GET /themes', undefined, stranger)).status).toBe(404);
  });

  it('gives the storefront meta, addresses and signed code', async () => {
    const { storeId } = themes.merchant;
    const loaded = await storefront().load(storeId, versions[2] ?? '');
    expect(await storefront().load(storeId, versions[2] ?? '')).toBe(loaded);
    expect(loaded.meta.name).toBe('Plain');
    expect(loaded.assets['base.css']).toMatch(/^\/cdn\/t\/base\.[0-9a-f]{16}\.css$/);
    expect(loaded.assets['logo.svg']).toMatch(/^\/cdn\/t\/logo\.[0-9a-f]{16}\.svg$/);
    const locales = ['zh-CN', 'zh-TW', 'en-GB', 'fr'].map((locale) => loaded.localeFor(locale));
    expect(locales).toEqual(['zh-CN', 'zh-CN', 'en', 'en']);
    const { hash, js } = loaded.artefactFor('en');
    expect(await js()).toContain('hbt/1');
    const blobs = themes.lab.app.get(BlobStore, { strict: false });
    const key = `private/${hash.slice(0, 2)}/${hash}`;
    const code = await js();
    await blobs.put(key, Buffer.from(`${code} `), { contentType: 'text/javascript' });
    await expect(js()).rejects.toMatchObject({ code: 'themes.artefact-refused' });
    await blobs.put(key, Buffer.from(code), { contentType: 'text/javascript' });
    await expect(js()).resolves.toBe(code);
    await expect(storefront().load(storeId, storeId)).rejects.toMatchObject({
      code: 'themes.version-not-found',
    });
  });

  it('refuses code that the platform did not sign for this version', async () => {
    const { storeId } = themes.merchant;
    const owner = new Client({ connectionString: themes.lab.ownerUrl });
    await owner.connect();
    try {
      // Whoever can write into the database behind the trigger’s back still cannot sign.
      await owner.query('ALTER TABLE theme_versions DISABLE TRIGGER sealed');
      await owner.query(
        `UPDATE theme_versions SET artefacts =
           (SELECT artefacts FROM theme_versions WHERE version_id = $2) WHERE version_id = $1`,
        [versions[1], versions[0]],
      );
      await owner.query('ALTER TABLE theme_versions ENABLE TRIGGER sealed');
    } finally {
      await owner.end();
    }
    const loaded = await storefront().load(storeId, versions[1] ?? '');
    await expect(loaded.artefactFor('en').js()).rejects.toMatchObject({
      code: 'themes.artefact-refused',
    });
  });

  it('has versions that nobody changes or deletes, not even the owner of the tables', async () => {
    const owner = new Client({ connectionString: themes.lab.ownerUrl });
    await owner.connect();
    try {
      for (const sql of [
        `UPDATE theme_versions SET compiler = 'other'`,
        'DELETE FROM theme_versions',
      ]) {
        await expect(owner.query(sql)).rejects.toMatchObject({ code: '42501' });
      }
    } finally {
      await owner.end();
    }
    for (const sql of [
      `UPDATE theme_versions SET n = 9`,
      `SET LOCAL themes.pruning = 'on'; DELETE FROM theme_versions`,
      'DELETE FROM theme_publications',
    ]) {
      const attempt = themes.lab.db.write(themes.merchant.storeId, (store) => store.execute(sql));
      await expect(attempt).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('keeps the last twenty, the live one and the young ones, and gives the files of others up', async () => {
    const { db, app } = themes.lab;
    const { storeId } = themes.merchant;
    const { id, versionId } = await uploadCss('p { margin: 1px }');
    await call(`POST /themes/${id}/publish`);
    const prune = () =>
      db.write(storeId, (store) => app.get(Themes, { strict: false }).prune(store));
    const add = (from: number, to: number, age: string) =>
      db.write(storeId, async (store) => {
        await store.execute(
          `WITH made AS (
             INSERT INTO theme_versions
             SELECT store_id, gen_random_uuid(), theme_id, g, manifest, source_hash, compiler, meta, artefacts,
               findings, now() - $2::interval, created_by
             FROM theme_versions, generate_series($3::int, $4::int) g WHERE version_id = $1
             RETURNING store_id, version_id)
           INSERT INTO blob_refs SELECT m.store_id, 'theme-version', m.version_id, r.hash
           FROM made m, blob_refs r WHERE r.owner_id = $1`,
          [versionId, age, from, to],
        );
        await store.execute('UPDATE themes SET latest_n = $2 WHERE theme_id = $1', [id, to]);
      });
    await add(2, 4, '31 days');
    expect(await prune()).toBe(0);
    await add(5, 23, '29 days');
    const refs = () =>
      read<unknown[]>((store) => store.query('SELECT DISTINCT owner_id FROM blob_refs'));
    const before = (await refs()).length;
    expect(await prune()).toBe(2);
    expect((await refs()).length).toBe(before - 2);
    const { body } = await call(`GET /themes/${id}/versions?limit=100`);
    expect(body.items.map(({ n }: { n: number }) => n)).toEqual([
      ...Array.from({ length: 20 }, (_, i) => 23 - i),
      1,
    ]);
    expect(body.items.at(-1)).toMatchObject({ versionId, live: true });
    await add(24, 26, '29 days');
    await app.get(PruneVersions, { strict: false }).tick(new AbortController().signal);
    const left = await call(`GET /themes/${id}/versions?limit=100`);
    // Number 4 went; 5 and 6 are not among the last twenty, but young.
    expect(left.body.items.map(({ n }: { n: number }) => n)).toEqual([
      ...Array.from({ length: 22 }, (_, i) => 26 - i),
      1,
    ]);
    expect(await prune()).toBe(0);
  });
});
