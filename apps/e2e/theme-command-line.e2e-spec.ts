import { mkdir, readFile, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandLine } from './test/command-line';
import { Deployment } from './test/deployment';
import { Merchant, eventually } from './test/merchant';
import { ask } from './test/shopper';

jest.setTimeout(120_000);

describe('themes from the command line', () => {
  let deployment: Deployment;
  let cli: CommandLine;
  const password = 'a long enough password';

  beforeAll(async () => {
    deployment = await (await Deployment.prepare()).start();
    await Merchant.signUp(deployment.apiUrl, { handle: 'kiln' });
    cli = await CommandLine.open(deployment.apiUrl);
  });
  afterAll(async () => {
    await cli?.close();
    await deployment?.close();
  });

  const edit = async (folder: string, file: string, change: (text: string) => string) => {
    const path = cli.path(folder, file);
    await writeFile(path, change(await readFile(path, 'utf8')));
  };
  const visit = (path: string, headers: Record<string, string> = {}) =>
    ask(deployment.ports, 'kiln.localhost', path, { method: 'GET', headers });
  // News of a published theme reaches renderers by a message, a moment after the answer.
  const seen = (text: string) =>
    eventually(`the home page to say "${text}"`, async () =>
      (await visit('/')).text.includes(text) ? true : null,
    );

  describe('who one is', () => {
    test('says how to sign in, and refuses a wrong password, in one sentence', async () => {
      const nobody = await cli.run(['whoami', '--json']);
      expect([nobody.code, nobody.json.error.code]).toEqual([2, 'cli.not-signed-in']);
      const wrong = await cli.run(
        ['login', '--email', 'kiln@example.test', '--password-stdin'],
        'not this one',
      );
      expect(wrong.code).toBeGreaterThan(0);
      expect(wrong.stderr.trim().split('\n')).toHaveLength(1);
      expect(wrong.stdout).toBe('');
    });

    test('signs in and keeps the token where only this user reads it, and never shows it', async () => {
      const args = ['login', '--email', 'kiln@example.test', '--password-stdin', '--json'];
      const signedIn = await cli.run(args, `${password}\n`);
      expect([signedIn.code, signedIn.json]).toMatchObject([0, { store: 'kiln' }]);
      const folder = cli.path('.config/caravel');
      const file = join(folder, 'credentials.json');
      expect((await stat(folder)).mode & 0o777).toBe(0o700);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      const kept = JSON.parse(await readFile(file, 'utf8'));
      const { token } = kept.servers[deployment.apiUrl];
      expect(token.length).toBeGreaterThan(20);
      const me = await cli.run(['whoami', '--json']);
      expect(me.json).toMatchObject({ email: 'kiln@example.test', stores: ['kiln'] });
      for (const ran of [signedIn, me]) expect(ran.stdout + ran.stderr).not.toContain(token);
    });

    test('takes a token from the environment or from standard input', async () => {
      const file = cli.path('.config/caravel/credentials.json');
      const { token } = JSON.parse(await readFile(file, 'utf8')).servers[deployment.apiUrl];
      const other = await CommandLine.open(deployment.apiUrl);
      try {
        const me = await other.run(['whoami', '--json'], '', { CARAVEL_TOKEN: token });
        expect(me.json.email).toBe('kiln@example.test');
        const bad = await other.run(['login', '--token-stdin', '--json'], 'short');
        expect([bad.code, bad.json.error.code]).toEqual([2, 'cli.bad-token']);
        expect((await other.run(['login', '--token-stdin'], token)).code).toBe(0);
        expect((await other.run(['whoami'])).stdout).toContain('kiln@example.test');
      } finally {
        await other.close();
      }
    });
  });

  describe('from nothing to a live theme', () => {
    test('begins a theme that every check passes, and refuses a folder that is not empty', async () => {
      const made = await cli.run(['theme', 'init', 'shop', '--json']);
      expect(made.code).toBe(0);
      expect(made.json.files).toContain('layout/theme.hbs');
      const checked = await cli.run(['theme', 'check', 'shop', '--fail-level', 'info', '--json']);
      expect([checked.code, checked.json.findings]).toEqual([0, []]);
      const again = await cli.run(['theme', 'init', 'shop', '--json']);
      expect([again.code, again.json.error.code]).toEqual([2, 'cli.folder-not-empty']);
      const unknown = await cli.run(['theme', 'init', 'other', '--theme', 'nobody']);
      expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('atelier')]);
    });

    test('begins in a repository that holds its READMEs only, whatever its name, and reads no droppings', async () => {
      const folder = 'mein Töpferladen';
      await mkdir(cli.path(folder, '.git'), { recursive: true });
      await writeFile(cli.path(folder, 'README.md'), '# Mine\n');
      const made = await cli.run(['theme', 'init', folder]);
      expect([made.code, made.stdout]).toEqual([
        0,
        expect.stringContaining(`caravel theme dev "${folder}"`),
      ]);
      expect(await readFile(cli.path(folder, 'README.md'), 'utf8')).toBe('# Mine\n');
      for (const name of ['.DS_Store', 'Thumbs.db', 'desktop.ini', 'hero.hbs~', '4913'])
        await writeFile(cli.path(folder, 'sections', name), 'x');
      await symlink(cli.path(folder, 'README.md'), cli.path(folder, 'sections/linked.hbs'));
      const checked = await cli.run(['theme', 'check', folder, '--no-dry-run', '--json']);
      expect([checked.code, checked.json.files]).toEqual([0, 33]);
      expect(checked.stderr).toContain('sections/linked.hbs');
    });

    test('begins with the look of a preset, its templates in place', async () => {
      const args = ['theme', 'init', 'fjell', '--theme', 'atelier', '--json', '--preset'];
      expect((await cli.run([...args, 'Fjell'])).code).toBe(0);
      const read = (file: string) => readFile(cli.path('fjell', file), 'utf8');
      expect(JSON.parse(await read('config/settings_data.json')).current).toBe('Fjell');
      expect(await read('templates/index.json')).toBe(await read('templates/index.fjell.json'));
      const unknown = await cli.run([...args.with(2, 'none'), 'nobody']);
      expect([unknown.code, unknown.json.error.message]).toEqual([
        2,
        expect.stringMatching(/Fjell/),
      ]);
    });

    test('finds faults with place and frame, and fails by them', async () => {
      await edit('shop', 'sections/welcome.hbs', (text) => text.replace('{{t ', '{{tt '));
      const text = await cli.run(['theme', 'check', 'shop']);
      expect(text.code).toBe(1);
      expect(text.stdout).toMatch(/sections\/welcome\.hbs:\d+:\d+ \w+ .*tt/);
      const json = await cli.run(['theme', 'check', 'shop', '--json']);
      expect(json.code).toBe(1);
      expect(json.json.findings[0]).toMatchObject({ code: 'E_UNKNOWN_HELPER', suggestion: 't' });
      const pushed = await cli.run(['theme', 'push', 'shop', '--new', '--json']);
      expect([pushed.code, pushed.json.error.code]).toEqual([1, 'themes.invalid-theme']);
      expect(pushed.json.error.findings[0]).toMatchObject({ file: 'sections/welcome.hbs' });
      await edit('shop', 'sections/welcome.hbs', (text) => text.replace('{{tt ', '{{t '));
      expect((await cli.run(['theme', 'check', 'nowhere'])).code).toBe(2);
    });

    test('pushes, publishes and is seen', async () => {
      const unsure = await cli.run(['theme', 'push', 'shop', '--json']);
      expect([unsure.code, unsure.json.error.code]).toEqual([2, 'cli.which-theme']);
      const pushed = await cli.run(['theme', 'push', 'shop', '--new', '--publish', '--json']);
      expect([pushed.code, pushed.json]).toMatchObject([0, { n: 1, published: true }]);
      await seen('See all products');
      const list = await cli.run(['theme', 'list', '--json']);
      expect(list.json.themes[0]).toMatchObject({ name: 'Starter', live: true, latestN: 1 });
      const kept = JSON.parse(await readFile(cli.path('shop/.caravel/theme.json'), 'utf8'));
      expect(kept).toMatchObject({ versionId: pushed.json.versionId, n: 1 });
      expect(await readFile(cli.path('shop/.caravel/.gitignore'), 'utf8')).toBe('*\n');
      const again = await cli.run(['theme', 'push', 'shop', '--json']);
      expect(again.json).toMatchObject({ n: 1, unchanged: true, versionId: kept.versionId });
    });

    test('shares a version before it is live, and ends the link', async () => {
      await edit('shop', 'locales/en.default.json', (text) =>
        text.replace('See all products', 'Everything we make'),
      );
      expect((await cli.run(['theme', 'push', 'shop'])).code).toBe(0);
      const args = ['theme', 'share', '--theme', 'Starter', '--json'];
      const shared = await cli.run([...args, '--expires', '2h']);
      expect(shared.json).toMatchObject({ n: 2 });
      const { pathname, search } = new URL(shared.json.url);
      const entered = await visit(pathname + search);
      expect(entered.status).toBe(303);
      const cookie = String(entered.headers['set-cookie']).split(';')[0] ?? '';
      const page = await visit('/', { cookie });
      expect(page.text).toContain('Everything we make');
      expect(page.headers).toMatchObject({
        'x-robots-tag': 'noindex',
        'cache-control': 'no-store',
      });
      expect((await visit('/')).text).not.toContain('Everything we make');
      const open = await cli.run(['theme', 'share', '--list', '--json']);
      expect(open.json.previews).toHaveLength(1);
      const id = shared.json.previewId as string;
      expect((await cli.run(['theme', 'share', '--end', id])).code).toBe(0);
      expect((await visit('/', { cookie })).text).not.toContain('Everything we make');
      expect((await cli.run([...args, '--expires', 'soon'])).code).toBe(2);
      const unknown = await cli.run(['theme', 'share', '--end', 'that one']);
      expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('--list')]);
    });

    test('publishes and goes back', async () => {
      expect((await cli.run(['theme', 'publish', '--theme', 'Starter'])).code).toBe(0);
      await seen('Everything we make');
      const back = await cli.run(['theme', 'rollback', '--json']);
      expect([back.code, back.json.n]).toEqual([0, 1]);
      await seen('See all products');
      const unknown = await cli.run(['theme', 'publish', '--theme', 'Starter', '--version', '9']);
      expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('2, 1')]);
    });
  });

  describe('two people at one theme', () => {
    test('pull fetches what was pushed, byte for byte', async () => {
      const pulled = await cli.run(['theme', 'pull', 'mine', '--theme', 'Starter', '--json']);
      expect([pulled.code, pulled.json.n]).toEqual([0, 2]);
      const files = (await readdir(cli.path('shop'), { recursive: true })).sort();
      expect((await readdir(cli.path('mine'), { recursive: true })).sort()).toEqual(files);
      const css = 'assets/base.css';
      expect(await readFile(cli.path('mine', css))).toEqual(await readFile(cli.path('shop', css)));
    });

    test('the second push is a conflict with a diff, and nothing is overwritten', async () => {
      const file = 'locales/en.default.json';
      await edit('shop', file, (text) => text.replace('Everything we make', 'All our work'));
      await edit('mine', file, (text) => text.replace('Everything we make', 'All of it'));
      expect((await cli.run(['theme', 'push', 'shop'])).code).toBe(0);
      const refused = await cli.run(['theme', 'push', 'mine']);
      expect([refused.code, refused.stdout]).toEqual([3, '']);
      expect(refused.stderr).toMatch(/^kiln@example\.test pushed version 3 while/);
      expect(refused.stderr).toContain(`! ${file}: here changed, there changed`);
      expect(refused.stderr).toContain('+    "shop": "All of it"');
      expect(refused.stderr).toContain('+    "shop": "All our work"');
      const json = await cli.run(['theme', 'push', 'mine', '--json']);
      expect(json.json.error).toMatchObject({ code: 'cli.version-moved', theirs: { n: 3 } });
      const list = await cli.run(['theme', 'list', '--json']);
      expect(list.json.themes[0].latestN).toBe(3);
    });

    test('pull keeps what was changed here unless it is forced', async () => {
      const refused = await cli.run(['theme', 'pull', 'mine', '--json']);
      expect([refused.code, refused.json.error.files]).toEqual([3, ['locales/en.default.json']]);
      expect((await cli.run(['theme', 'pull', 'mine', '--force'])).code).toBe(0);
      const text = await readFile(cli.path('mine/locales/en.default.json'), 'utf8');
      expect(text).toContain('All our work');
      await rm(cli.path('mine/sections/main-blog.hbs'));
      await mkdir(cli.path('empty'));
      expect((await cli.run(['theme', 'pull', 'empty', '--theme', 'Starter'])).code).toBe(0);
    });

    test('pull leaves what was changed here alone and takes what was changed there alone', async () => {
      const page = 'sections/main-page.hbs';
      await edit('shop', page, (text) => `${text}\n`);
      await rm(cli.path('mine/snippets/pagination.hbs'));
      await writeFile(
        cli.path('mine/assets/logo.svg'),
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
      );
      expect((await cli.run(['theme', 'push', 'shop'])).code).toBe(0);
      const pulled = await cli.run(['theme', 'pull', 'mine', '--json']);
      // The blog's section was deleted here before.
      const kept = ['assets/logo.svg', 'sections/main-blog.hbs', 'snippets/pagination.hbs'];
      expect([pulled.code, pulled.json.n, pulled.json.kept]).toEqual([0, 4, kept]);
      expect(await readFile(cli.path('mine', page))).toEqual(
        await readFile(cli.path('shop', page)),
      );
      expect(await readdir(cli.path('mine/snippets'))).not.toContain('pagination.hbs');
      expect((await cli.run(['theme', 'pull', 'mine', '--force'])).code).toBe(0);
      expect(await readdir(cli.path('mine/assets'))).not.toContain('logo.svg');
    });

    test('a push whose answer never came is known as this folder’s own', async () => {
      const file = 'locales/en.default.json';
      const base = cli.path('shop/.caravel/theme.json');
      const before = await readFile(base, 'utf8');
      const { versionId } = JSON.parse(before) as { versionId: string };
      await edit('shop', file, (text) => text.replace('All our work', 'Our work'));
      expect((await cli.run(['theme', 'push', 'shop'])).code).toBe(0);
      const { files } = JSON.parse(await readFile(base, 'utf8')) as { files: object };
      // As a kill leaves it between the upload and the answer.
      await writeFile(base, before);
      await writeFile(cli.path('shop/.caravel/push.json'), JSON.stringify({ versionId, files }));
      await edit('shop', file, (text) => text.replace('Our work', 'My work'));
      const next = await cli.run(['theme', 'push', 'shop', '--json']);
      expect([next.code, next.json]).toMatchObject([0, { n: 6, unchanged: false }]);
      await rename(cli.path('shop/.caravel/theme.json'), cli.path('shop/.caravel/old.json'));
      expect(await readdir(cli.path('shop/.caravel'))).not.toContain('push.json');
      await rename(cli.path('shop/.caravel/old.json'), cli.path('shop/.caravel/theme.json'));
    });

    test('a push is confirmed by what the server holds, and forced only when one says so', async () => {
      const stranger = cli.path('mine/.caravel/theme.json');
      await rm(stranger);
      await cli.run(['theme', 'pull', 'fresh', '--theme', 'Starter', '--version', '2']);
      await rm(cli.path('fresh/.caravel/theme.json'));
      const args = ['theme', 'push', 'fresh', '--theme', 'Starter', '--json'];
      const refused = await cli.run(args);
      expect([refused.code, refused.json.error.code]).toEqual([3, 'cli.no-base']);
      const forced = await cli.run([...args, '--force']);
      expect([forced.code, forced.json.n]).toEqual([0, 7]);
    });
  });

  test('what cannot be run so exits with 2, and says why', async () => {
    const wrong = [
      ['theme', 'pusj'],
      ['theme', 'check', '--no-such'],
      ['bogus'],
      ['theme', 'dev', '--port', 'many'],
    ];
    for (const args of wrong) {
      const ran = await cli.run(args);
      expect([args, ran.code]).toEqual([args, 2]);
      expect(ran.stderr).toMatch(/^error: /);
      expect(ran.stderr).not.toContain('    at ');
      const json = await cli.run([...args, '--json']);
      expect([json.code, json.json.error.code]).toEqual([2, 'cli.usage']);
    }
    expect((await cli.run(['theme', 'pusj'])).stderr).toContain('Did you mean push?');
    expect((await cli.run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const dead = await cli.run(['whoami', '--server', 'http://127.0.0.1:9', '--json'], '', {
      CARAVEL_TOKEN: 'x'.repeat(30),
    });
    expect([dead.code, dead.json.error.code]).toEqual([2, 'cli.unreachable']);
  });

  test('signs out, and the server has forgotten the session', async () => {
    const file = cli.path('.config/caravel/credentials.json');
    const { token } = JSON.parse(await readFile(file, 'utf8')).servers[deployment.apiUrl];
    expect((await cli.run(['logout', '--json'])).json.signedOut).toBe(true);
    expect(await readFile(file, 'utf8')).not.toContain(token);
    const ended = await cli.run(['whoami', '--json'], '', { CARAVEL_TOKEN: token });
    expect([ended.code, ended.json.error.code]).toEqual([2, 'cli.token-ended']);
  });
});
