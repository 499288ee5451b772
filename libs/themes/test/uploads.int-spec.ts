import { join } from 'node:path';
import { checkTheme } from '@libs/template-engine';
import { readThemeArchive } from '@libs/themes';
import { BlobStore } from '@platform/storage';
import { StorefrontThemes } from '@renderer/themes';
import { applyFixes } from '@template-engine/diagnostics';
import {
  COMPILE_OPTIONS,
  type CompileOptions,
} from '../src/compile-process/theme-compiler.service';
import { Themes } from '../src/themes.service';
import { ThemeUploads } from '../src/upload/theme-uploads.service';
import { rawZip } from './raw-zip';
import { aTheme, atelier, buildThemeZip, readThemeFolder, withZip, zipOf } from './theme.builder';
import { type ThemesLab, openThemesLab } from './themes-lab';

describe('uploading a theme', () => {
  let themes: ThemesLab;
  let upload: ThemesLab['upload'];
  let call: ThemesLab['call'];

  beforeAll(async () => {
    themes = await openThemesLab();
    ({ upload, call } = themes);
  });
  afterAll(() => themes.lab.close());
  afterEach(() => jest.restoreAllMocks());

  const listed = async (): Promise<string[]> =>
    (await call('GET /themes')).body.items.map(({ id }: { id: string }) => id);
  const rows = (table: string) =>
    themes.lab.db.read(themes.merchant.storeId, (store) => store.query(`SELECT * FROM ${table}`));
  /** Every key that is written from now on. */
  const watchWrites = (): string[] => {
    const written: string[] = [];
    const blobs = themes.lab.app.get(BlobStore, { strict: false });
    const write = blobs.putIfAbsent.bind(blobs);
    jest.spyOn(blobs, 'putIfAbsent').mockImplementation((key, ...rest) => {
      written.push(key);
      return write(key, ...rest);
    });
    return written;
  };

  it('takes the first-party theme, and gives it back file by file', async () => {
    const { status, body } = await upload(await buildThemeZip(atelier));
    expect([status, body.n, body.name, body.unchanged]).toEqual([201, 1, 'Atelier', false]);
    const path = `/themes/${body.id}/versions/${body.versionId}`;
    const { body: version } = await call(`GET ${path}`);
    const files = await readThemeFolder(atelier);
    expect(version.files).toHaveLength(Object.keys(files).length);
    expect(version.locales).toContain('zh-CN');
    const { lab, merchant } = themes;
    const archive = await lab.app.inject({
      url: `/api/v1/stores/${merchant.storeId}${path}/archive`,
      headers: { authorization: `Bearer ${merchant.token}` },
    });
    expect([archive.statusCode, archive.headers['content-type']]).toEqual([200, 'application/zip']);
    const back = await withZip(archive.rawPayload, readThemeArchive);
    expect(Object.fromEntries(back)).toEqual(files);
    const again = await upload(archive.rawPayload, { query: `?themeId=${body.id}` });
    expect(again.body).toMatchObject({ versionId: body.versionId, unchanged: true });
  });

  it('says file, line, column and what was probably meant', async () => {
    const section =
      '<div>\n  <p>{{mony @shop.name}}</p>\n</div>\n{{#schema}}{"name":"M"}{{/schema}}';
    const before = await listed();
    const { status, body } = await upload(aTheme({ 'sections/main.hbs': section }));
    expect([status, body.code]).toEqual([422, 'themes.invalid-theme']);
    expect(body.detail).toContain('sections/main.hbs:2:');
    expect(body.findings).toContainEqual(
      expect.objectContaining({
        file: 'sections/main.hbs',
        line: 2,
        column: expect.any(Number),
        code: 'E_UNKNOWN_HELPER',
        severity: 'error',
        suggestion: 'money',
        frame: expect.stringContaining('mony'),
      }),
    );
    expect(await listed()).toEqual(before);
  });

  it('refuses a page that is too dear with the most of data, and says where', async () => {
    const dear =
      '{{#each (range 1 900) as |a|}}{{#each (range 1 900) as |b|}}{{b}}{{/each}}{{/each}}';
    const { status, body } = await upload(
      aTheme({ 'sections/main.hbs': `<div>${dear}</div>{{#schema}}{"name":"M"}{{/schema}}` }),
    );
    expect([status, body.code]).toEqual([422, 'themes.invalid-theme']);
    expect(body.findings).toContainEqual(
      expect.objectContaining({ file: 'sections/main.hbs', line: 1, code: 'P_STEPS' }),
    );
  });

  it('tells fixes, places in JSON and the chapter of the manual as the command line does', async () => {
    const markup =
      '<p class={{@shop.name}}>{{@shop.name}}</p>{{#schema}}{"name":"M","limt":2}{{/schema}}';
    const changes = { 'sections/main.hbs': markup };
    const { body } = await upload(aTheme(changes));
    const files = Object.entries(aTheme(changes)).map(
      ([path, content]) => [path, String(content)] as const,
    );
    const findings = checkTheme(new Map(files));
    expect(body.findings).toEqual(JSON.parse(JSON.stringify(findings)));
    const quote = body.findings.find(({ fix }: { fix?: unknown }) => fix);
    const place = {
      code: 'S_UNQUOTED_ATTR',
      line: 1,
      column: 12,
      docs: 'docs/theme-manual/checks.md#s_unquoted_attr',
    };
    expect(quote).toMatchObject({ ...place, frame: expect.stringContaining('^') });
    expect(applyFixes(new Map(files), body.findings).get('sections/main.hbs')).toContain(
      'class="{{@shop.name}}"',
    );
    expect(body.findings).toContainEqual(
      expect.objectContaining({ code: 'J_SCHEMA', pointer: '/limt', suggestion: 'limit' }),
    );
  });

  it('tells findings that do not block on every way: in the answer, and with the version', async () => {
    const markup = '<p tabindex="3">{{@shop.name}}</p>{{#schema}}{"name":"M"}{{/schema}}';
    const { status, body } = await upload(aTheme({ 'sections/main.hbs': markup }));
    expect(status).toBe(201);
    const { body: version } = await call(`GET /themes/${body.id}/versions/${body.versionId}`);
    for (const { findings } of [body, version])
      expect(findings).toContainEqual(
        expect.objectContaining({
          code: 'A_POSITIVE_TABINDEX',
          severity: 'warning',
          fix: [{ start: 3, end: 15, text: 'tabindex="0"' }],
          docs: 'docs/theme-manual/checks.md#a_positive_tabindex',
          frame: expect.stringContaining('tabindex'),
        }),
      );
  });

  it('names the file whose JSON is broken', async () => {
    const { status, body } = await upload(aTheme({ 'templates/index.json': '{"sections": {,}' }));
    expect(status).toBe(422);
    expect(body.findings).toContainEqual(
      expect.objectContaining({ file: 'templates/index.json', code: 'J_SYNTAX', line: 1 }),
    );
  });

  it('stores texts that a database has no characters for, and blocks in the order of the file', async () => {
    const blocks = { zz: { type: 'a' }, b: { type: 'a' } };
    const schema = '{{#schema}}{"name":"M","blocks":[{"type":"a","name":"A"}]}{{/schema}}';
    const { status, body } = await upload(
      aTheme({
        'sections/main.hbs': `<div>{{#each @section.blocks as |one|}}{{one.id}}{{/each}}</div>${schema}`,
        'templates/index.json': JSON.stringify({
          sections: { main: { type: 'main', blocks } },
          order: ['main'],
        }),
        'theme.json': JSON.stringify({
          format: 'hbt/1',
          name: 'Pl\0ain\ud800',
          version: '1.0.0',
          author: { name: 'C' },
          locales_default: 'en',
        }),
      }),
    );
    expect([status, body.name]).toEqual([201, 'Pl\ufffdain\ufffd']);
    const storefront = themes.lab.app.get(StorefrontThemes, { strict: false });
    const { meta } = await storefront.load(themes.merchant.storeId, body.versionId);
    const stored = meta.templates.index?.sections.main?.blocks ?? {};
    expect(Object.keys(stored)).toEqual(['zz', 'b']);
  });

  it('refuses a zip that leads out of the theme, and one that is none', async () => {
    const bad = await upload(rawZip([{ name: '../../etc/cron.d/x', content: 'x' }]));
    expect([bad.status, bad.body.findings[0].code]).toEqual([422, 'Z_TRAVERSAL']);
    const none = await upload(Buffer.from('not a zip'));
    expect([none.status, none.body.findings[0].code]).toEqual([422, 'Z_NOT_A_ZIP']);
  });

  it('finds nothing of another store, and asks for a theme beside a base', async () => {
    const other = await themes.lab.aMerchant();
    const { body } = await upload(aTheme({ 'assets/other.css': 'a{}' }));
    const theirs = await themes.lab.call(
      `POST /stores/${other.storeId}/themes?themeId=${body.id}`,
      { token: other.token, file: { name: 'theme.zip', content: await zipOf(aTheme()) } },
    );
    expect([theirs.status, theirs.body.code]).toEqual([404, 'themes.theme-not-found']);
    const alone = await upload(aTheme(), { query: `?baseVersionId=${body.versionId}` });
    expect([alone.status, alone.body.errors[0].field]).toEqual([422, 'baseVersionId']);
  });

  it('uploads nothing for a theme that did not change, and only what changed of one that did', async () => {
    const { body: first } = await upload(aTheme());
    const written = watchWrites();
    const same = await upload(aTheme(), { query: `?themeId=${first.id}` });
    expect(same.body).toMatchObject({ versionId: first.versionId, n: 1, unchanged: true });
    expect((await upload(aTheme())).body.n).toBe(1);
    expect(written).toEqual([]);
    const css = '.changed { color: red }\n'.repeat(200);
    const changed = await upload(aTheme({ 'assets/base.css': css }), {
      query: `?themeId=${first.id}&baseVersionId=${first.versionId}`,
    });
    expect(changed.body).toMatchObject({ id: first.id, n: 2, unchanged: false });
    expect(written.map((key) => key.replace(/^(\w+)\/.*?(\.\w+)?$/, '$1$2')).sort()).toEqual([
      'blobs',
      'blobs.br',
      'blobs.gz',
    ]);
  });

  it('tells an uploader who began with an older version, unless it is the same upload again', async () => {
    const { body: first } = await upload(aTheme());
    const query = `?themeId=${first.id}&baseVersionId=${first.versionId}`;
    const mine = aTheme({ 'assets/mine.css': 'a { color: red }' });
    const { body: second } = await upload(mine, { query });
    const late = await upload(aTheme({ 'assets/late.css': 'a{}' }), { query });
    expect([late.status, late.body.code]).toEqual([409, 'themes.version-moved']);
    expect(late.body.current).toEqual({ versionId: second.versionId, n: 2 });
    const repeated = await upload(mine, { query });
    expect(repeated.body).toMatchObject({ versionId: second.versionId, unchanged: true });
  });

  it('numbers versions without a gap, many at once', async () => {
    const { body: first } = await upload(aTheme());
    const colours = ['red', 'lime', 'blue', 'teal'];
    const answers = await Promise.all(
      colours.map((colour) =>
        upload(aTheme({ 'assets/x.css': `a { color: ${colour} }` }), {
          query: `?themeId=${first.id}`,
        }),
      ),
    );
    expect(new Set(answers.map(({ body }) => body.n))).toEqual(new Set([2, 3, 4, 5]));
    const { body } = await call(`GET /themes/${first.id}/versions?limit=3`);
    expect(body.items.map(({ n }: { n: number }) => n)).toEqual([5, 4, 3]);
    const rest = await call(`GET /themes/${first.id}/versions?cursor=${body.nextCursor}`);
    expect(rest.body.items.map(({ n }: { n: number }) => n)).toEqual([2, 1]);
    expect(rest.body.nextCursor).toBeNull();
  });

  it('answers the same request with the same answer', async () => {
    const headers = { 'idempotency-key': 'upload-once' };
    const [first, second] = [
      await upload(aTheme({ 'assets/once.css': 'a{}' }), { headers }),
      await upload(aTheme({ 'assets/once.css': 'a{}' }), { headers }),
    ];
    expect(second.body).toEqual(first.body);
  });

  it.each([
    ['hangs.cjs', 'T_TIMEOUT'],
    ['eats-memory.cjs', 'T_CRASHED'],
    ['is-not-there.cjs', 'T_CRASHED'],
  ])('survives a compile process that %s', async (program, code) => {
    const options = themes.lab.app.get<CompileOptions>(COMPILE_OPTIONS, { strict: false });
    const was = { ...options };
    const killAfterMs = code === 'T_TIMEOUT' ? 300 : 20_000;
    Object.assign(options, { program: join(__dirname, 'fixtures', program), killAfterMs });
    try {
      const { status, body } = await upload(aTheme());
      expect([status, body.findings[0].code]).toEqual([422, code]);
    } finally {
      Object.assign(options, was);
    }
    expect((await upload(aTheme())).status).toBe(201);
  });

  it('shows nothing of an upload that was killed, takes it again, and gives up its files later', async () => {
    const { db, app } = themes.lab;
    const { storeId } = themes.merchant;
    const uploads = app.get(ThemeUploads, { strict: false });
    const files = aTheme({ 'assets/killed.css': 'b{}' });
    const before = await listed();
    const refs = (await rows('blob_refs')).length;
    // Everything up to the line where the process dies.
    const prepared = await uploads.prepare(await withZip(await zipOf(files), readThemeArchive));
    await db.write(storeId, (store) => uploads.claim(store, prepared));
    await uploads.upload(prepared);
    expect(await listed()).toEqual(before);
    expect((await rows('blob_refs')).length).toBeGreaterThan(refs);
    expect((await upload(files)).status).toBe(201);
    const after = (await rows('blob_refs')).length;
    await db.acrossStores('make an upload old in a test', (tx) =>
      tx.execute(`UPDATE theme_uploads SET started_at = now() - interval '2 hours'`),
    );
    await db.write(storeId, (store) => app.get(Themes, { strict: false }).prune(store));
    expect(await rows('theme_uploads')).toEqual([]);
    expect((await rows('blob_refs')).length).toBeLessThan(after);
  });

  it('gives its claims up when the files cannot be stored', async () => {
    const blobs = themes.lab.app.get(BlobStore, { strict: false });
    jest.spyOn(blobs, 'putIfAbsent').mockRejectedValue(new Error('the disk is full'));
    const before = await listed();
    const { status } = await upload(aTheme({ 'assets/full.css': 'c{}' }));
    expect([status, await listed()]).toEqual([500, before]);
    expect(await rows('theme_uploads')).toEqual([]);
  });

  it('stops at twenty themes', async () => {
    const { storeId } = themes.merchant;
    await themes.lab.db.write(storeId, (store) =>
      store.execute(
        `INSERT INTO themes (store_id, theme_id, name) SELECT $1, gen_random_uuid(), 'filler'
         FROM generate_series(1, 20 - (SELECT count(*)::int FROM themes))`,
        [storeId],
      ),
    );
    const { status, body } = await upload(aTheme());
    expect([status, body.code]).toEqual([409, 'themes.too-many-themes']);
  });
});
