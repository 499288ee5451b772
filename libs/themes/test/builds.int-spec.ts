import { join } from 'node:path';
import { newId } from '@libs/kernel';
import { COMPILER } from '@libs/template-engine';
import { PublishTheme, ThemesModule } from '@libs/themes';
import { type Lab, openLab } from '@testing';
import {
  COMPILE_OPTIONS,
  type CompileOptions,
} from '../src/compile-process/theme-compiler.service';
import { ThemeBuilds } from '../src/builds/theme-builds.service';
import { VersionBuilder } from '../src/builds/version-builder.service';
import { ThemeFileKeeper } from '../src/theme-file-keeper.service';
import { Themes } from '../src/themes.service';
import { asOfOlderRelease, olderCompiler } from './older-release';
import { aTheme, uploadTheme, zipOf } from './theme.builder';

describe('builds of a theme version', () => {
  let lab: Lab;
  let storeId: string;
  let theme: { id: string; versionId: string };

  const read = <Row>(sql: string) => lab.db.read(storeId, (store) => store.query<Row>(sql));
  const compilers = async () =>
    (await read<{ compiler: string }>('SELECT compiler FROM theme_builds ORDER BY compiler')).map(
      ({ compiler }) => compiler,
    );
  const claims = (id: string) =>
    read(`SELECT 1 FROM blob_refs WHERE owner_kind = 'theme-version' AND owner_id = '${id}'`);
  const age = (compiler: string, days: number) =>
    lab.db.write(storeId, (store) =>
      store.execute(
        `UPDATE theme_builds SET built_at = now() - $2 * interval '1 day'
         WHERE compiler = $1`,
        [compiler, days],
      ),
    );
  const prune = () => lab.db.write(storeId, (store) => lab.get(Themes).prune(store));

  /** A build of a compiler that is gone, with a file of its own. */
  const anotherBuild = async (compiler: string) => {
    const buildId = newId();
    const blobs = [{ bytes: Buffer.from(`code of ${compiler}`), mime: 'text/javascript' }];
    const keeper = lab.get(ThemeFileKeeper);
    await lab.db.write(storeId, (store) => keeper.claim(store, buildId, blobs));
    await lab.db.write(storeId, async (store) => {
      await store.execute(
        `INSERT INTO theme_builds (store_id, version_id, compiler, build_id, meta, artefacts, built_at)
         VALUES ($1, $2, $3, $4, '{}', '[{}]', now())`,
        [storeId, theme.versionId, compiler, buildId],
      );
      await keeper.settle(store, buildId);
    });
    return buildId;
  };

  beforeAll(async () => {
    lab = await openLab({ modules: [ThemesModule] });
    storeId = await lab.aStore();
    theme = await uploadTheme(lab, storeId, await zipOf(aTheme()));
    await asOfOlderRelease(lab.ownerUrl, [theme.versionId]);
  });
  afterAll(() => lab.close());

  it('are made once, however many make them at the same time', async () => {
    const build = () => lab.get(VersionBuilder).build(storeId, theme.versionId);
    const outcomes = await Promise.all([build(), build()]);
    expect(outcomes.map(({ state }) => state).sort()).toEqual(['built', 'kept']);
    expect(await compilers()).toEqual([COMPILER]);
    expect(await read('SELECT 1 FROM theme_uploads')).toEqual([]);
    const owners = await read(
      `SELECT DISTINCT owner_id FROM blob_refs WHERE owner_kind = 'theme-version'`,
    );
    expect(owners).toHaveLength(2);
    const found = await lab.db.read(storeId, (store) =>
      lab.get(ThemeBuilds).find(store, theme.versionId),
    );
    expect([found?.build?.meta.compiler, found?.refused]).toEqual([COMPILER, false]);
  });

  it('stay for two weeks beside the present compiler’s, and for ever where it has none', async () => {
    const buildId = await anotherBuild('before');
    await age('before', 100);
    await age(COMPILER, 13);
    await prune();
    expect(await compilers()).toEqual([COMPILER, 'before']);
    await age('before', 13);
    await age(COMPILER, 15);
    await prune();
    expect(await compilers()).toEqual([COMPILER, 'before']);
    expect(await claims(buildId)).toHaveLength(1);
    await age('before', 15);
    await prune();
    expect(await compilers()).toEqual([COMPILER]);
    expect(await claims(buildId)).toEqual([]);
    await lab.db.write(storeId, (store) => store.execute('DELETE FROM theme_builds'));
    await anotherBuild('before');
    await age('before', 100);
    await prune();
    expect(await compilers()).toEqual(['before']);
  });

  it('are needed to publish a version', async () => {
    const publish = () =>
      lab.db.write(storeId, (store) => lab.get(PublishTheme).publish(store, theme.id, {}));
    await expect(publish()).rejects.toMatchObject({
      code: 'themes.not-built',
      retryAfterSeconds: 5,
      extensions: { versionId: theme.versionId },
    });
    await lab.get(VersionBuilder).build(storeId, theme.versionId);
    expect((await publish()).versionId).toBe(theme.versionId);
  });

  it('are not refused by a compile process that did not come to an end', async () => {
    await lab.db.write(storeId, (store) => store.execute('DELETE FROM theme_builds'));
    const options = lab.get<CompileOptions>(COMPILE_OPTIONS);
    const was = { ...options };
    Object.assign(options, { program: join(__dirname, 'fixtures/hangs.cjs'), killAfterMs: 300 });
    const build = () => lab.get(VersionBuilder).build(storeId, theme.versionId);
    try {
      await expect(build()).rejects.toMatchObject({
        code: 'themes.invalid-theme',
        message: expect.stringContaining('could not be compiled within'),
      });
    } finally {
      Object.assign(options, was);
    }
    expect(await compilers()).toEqual([]);
    expect(await build()).toEqual({ state: 'built' });
  });

  it('go with their version', async () => {
    const gone = await uploadTheme(lab, storeId, await zipOf(aTheme({ 'assets/a.css': 'a{}' })));
    await asOfOlderRelease(lab.ownerUrl, [gone.versionId]);
    await lab.get(VersionBuilder).build(storeId, gone.versionId);
    const builds = () =>
      read<{ id: string }>(
        `SELECT build_id AS id FROM theme_builds WHERE version_id = '${gone.versionId}'`,
      );
    const [{ id } = { id: '' }] = await builds();
    expect((await claims(id)).length).toBeGreaterThan(0);
    await lab.db.write(storeId, (store) => lab.get(Themes).delete(store, gone.id));
    expect(await builds()).toEqual([]);
    expect(await claims(id)).toEqual([]);
    const compiler = await read<{ compiler: string }>('SELECT compiler FROM theme_versions');
    expect(compiler).toEqual([{ compiler: olderCompiler }]);
  });
});
