import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { aTheme } from '../../libs/themes/test/theme.builder';
import { CommandLine } from './test/command-line';
import { Deployment } from './test/deployment';
import { Gateway } from './test/gateway';
import { Merchant } from './test/merchant';
import { describeWith } from './test/tools';

jest.setTimeout(120_000);

describeWith(['script'], 'the upkeep of themes from the command line', () => {
  let deployment: Deployment;
  let merchant: Merchant;
  let gateway: Gateway;
  let cli: CommandLine;

  beforeAll(async () => {
    deployment = await (await Deployment.prepare()).start(['api', 'worker']);
    merchant = await Merchant.signUp(deployment.apiUrl, { handle: 'kiln' });
    gateway = await Gateway.open(deployment.apiUrl);
    cli = await CommandLine.open(gateway.url);
    await cli.run(['login', '--token-stdin'], merchant.token);
    for (const [path, text] of Object.entries(plain('one'))) await write(`plain/${path}`, text);
  });
  beforeEach(() => gateway.calm());
  afterAll(async () => {
    await cli?.close();
    await gateway?.close();
    await deployment?.close();
  });

  const write = async (path: string, text: string) => {
    await mkdir(dirname(cli.path(path)), { recursive: true });
    await writeFile(cli.path(path), text);
  };
  /** A small theme, told from others by a word. */
  const plain = (word: string): Record<string, string> => {
    const files = aTheme({ 'assets/base.css': `/* ${word} */\nmain { color: red; }\n` });
    return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, String(text)]));
  };
  const themes = async () =>
    (await merchant.done('GET /themes')).items as { id: string; name: string; latestN: number }[];
  const state = (folder: string) => readdir(cli.path(folder, '.caravel'));
  const push = (...args: string[]) => cli.run(['theme', 'push', 'plain', ...args, '--json']);
  const made = (route: string) => /^POST .*\/themes$/.test(route);

  describe('a push that is broken off', () => {
    test('makes one theme, however often it is begun anew', async () => {
      gateway.loses = made;
      const lost = await push('--new');
      expect([lost.code, lost.json.error.code]).toEqual([2, 'cli.unreachable']);
      const [theme, ...more] = await themes();
      expect(more).toEqual([]);
      gateway.calm();
      const again = await push('--new');
      expect([again.code, again.json]).toMatchObject([
        0,
        { themeId: theme?.id, n: 1, unchanged: true },
      ]);
      expect(again.stderr).toContain('broken off had become Plain');
      expect(await themes()).toHaveLength(1);
      expect(await state('plain')).not.toContain('push.json');
    });

    test('is asked for with one key, where the theme cannot be looked for', async () => {
      await rm(cli.path('plain/.caravel'), { recursive: true });
      gateway.loses = made;
      await push('--new');
      const note = JSON.parse(await readFile(cli.path('plain/.caravel/push.json'), 'utf8'));
      const known = await themes();
      // As if the theme had been there before the push: what is left is the key.
      note.creation.themeIds = known.map(({ id }) => id);
      await write('plain/.caravel/push.json', JSON.stringify(note));
      gateway.calm();
      const again = await push('--new');
      expect([again.code, again.json.n]).toEqual([0, 1]);
      expect(await themes()).toHaveLength(known.length);
    });

    test('is gone on with when the files have changed since, also without --new', async () => {
      await rm(cli.path('plain/.caravel'), { recursive: true });
      const before = await themes();
      gateway.loses = (route) => /\/versions\/[^/]+$/.test(route);
      const unconfirmed = await push('--new');
      expect(unconfirmed.code).toBe(2);
      gateway.calm();
      const [theme] = (await themes()).slice(before.length);
      await write('plain/assets/base.css', plain('two')['assets/base.css'] ?? '');
      const next = await push();
      expect([next.code, next.json]).toMatchObject([0, { themeId: theme?.id, n: 2 }]);
      expect(await themes()).toHaveLength(before.length + 1);
    });

    test('is forgotten when the server has refused it', async () => {
      await write('broken/theme.json', '{}');
      const refused = await cli.run(['theme', 'push', 'broken', '--new', '--json']);
      expect([refused.code, refused.json.error.code]).toEqual([1, 'themes.invalid-theme']);
      expect(await state('broken')).not.toContain('push.json');
    });
  });

  test('other line breaks alone are no change, neither for a push nor for a pull', async () => {
    const sheet = plain('two')['assets/base.css'] ?? '';
    await write('plain/assets/base.css', sheet.replaceAll('\n', '\r\n'));
    const pushed = await push();
    expect([pushed.code, pushed.json]).toMatchObject([0, { n: 2, unchanged: true }]);
    const pulled = await cli.run(['theme', 'pull', 'plain', '--json']);
    expect([pulled.code, pulled.json.kept]).toEqual([0, []]);
    expect(await readFile(cli.path('plain/assets/base.css'), 'utf8')).toContain('\r\n');
  });

  test('publishing what somebody else has published over meanwhile ends with 3', async () => {
    const [mine, theirs] = await themes();
    gateway.before = async (route) => {
      if (!route.endsWith('/publish')) return;
      gateway.calm();
      await merchant.done(`POST /themes/${theirs?.id}/publish`, { body: {} });
    };
    const late = await cli.run(['theme', 'publish', '--theme', mine?.id ?? '', '--json']);
    expect([late.code, late.json.error.code]).toEqual([3, 'themes.live-moved']);
    const live = (await themes()).filter((one) => (one as { live?: boolean }).live);
    expect(live.map(({ id }) => id)).toEqual([theirs?.id]);
  });

  describe('names', () => {
    test('are changed, unless somebody else does it meanwhile', async () => {
      const [one, two] = await themes();
      const args = ['theme', 'rename', 'Winter sale', '--theme', one?.id ?? '', '--json'];
      const renamed = await cli.run(args);
      expect([renamed.code, renamed.json]).toMatchObject([
        0,
        { id: one?.id, name: 'Winter sale', before: 'Plain' },
      ]);
      const list = await cli.run(['theme', 'list']);
      expect(list.stdout).toContain('Winter sale');
      gateway.before = async (route) => {
        if (!route.startsWith('PATCH')) return;
        gateway.calm();
        await merchant.done(`PATCH /themes/${two?.id}`, { body: { name: 'Theirs' } });
      };
      const late = await cli.run(['theme', 'rename', 'Mine', '--theme', two?.id ?? '', '--json']);
      expect([late.code, late.json.error.code]).toEqual([3, 'cli.theme-moved']);
      expect((await themes()).map(({ name }) => name)).toContain('Theirs');
      expect((await cli.run(['theme', 'rename', ' ', '--theme', 'Theirs'])).code).toBe(1);
    });
  });

  describe('deleting', () => {
    const remove = (...args: string[]) => cli.run(['theme', 'delete', ...args, '--json']);
    const another = async (name: string) => {
      await rm(cli.path('plain/.caravel'), { recursive: true, force: true });
      await write(
        'plain/theme.json',
        JSON.stringify({ ...JSON.parse(plain('')['theme.json'] ?? ''), name }),
      );
      expect((await push('--new')).code).toBe(0);
    };

    test('asks nobody where there is no terminal, and takes no theme that is not there or is live', async () => {
      const before = await themes();
      const unsure = await remove('Winter sale');
      expect([unsure.code, unsure.json.error.code]).toEqual([2, 'cli.needs-force']);
      const unknown = await remove('Winter sale', 'Nobody', '--force');
      expect([unknown.code, unknown.json.error.message]).toEqual([
        2,
        expect.stringMatching(/^“Nobody” is no theme of the store; it has: .*Winter sale/),
      ]);
      const live = await remove('Winter sale', 'Theirs', '--force');
      expect([live.code, live.json.error.code]).toEqual([1, 'themes.theme-is-live']);
      expect(live.json.error.message).toContain('Theirs is what shoppers of kiln see');
      expect((await cli.run(['theme', 'delete'])).code).toBe(2);
      expect(await themes()).toEqual(before);
    });

    test('takes several, by name and id, each once', async () => {
      await another('Autumn');
      const before = await themes();
      const autumn = before.find(({ name }) => name === 'Autumn')?.id ?? '';
      const gone = await remove('Winter sale', autumn, 'Autumn', '--force');
      expect([gone.code, gone.json]).toMatchObject([
        0,
        {
          store: 'kiln',
          deleted: [{ name: 'Winter sale' }, { id: autumn }],
          left: before.length - 2,
        },
      ]);
      expect(await themes()).toHaveLength(before.length - 2);
      // The folder that it came from says so, and begins anew when it is told to.
      const orphan = await push();
      expect([orphan.code, orphan.json.error.message]).toEqual([
        2,
        expect.stringContaining('not in the store any more'),
      ]);
    });

    test('leaves what somebody has changed since it was looked at, and says what went before', async () => {
      await another('First');
      await another('Second');
      const second = (await themes()).find(({ name }) => name === 'Second')?.id ?? '';
      gateway.before = async (route) => {
        if (!route.startsWith('DELETE') || !route.endsWith(second)) return;
        await merchant.done(`PATCH /themes/${second}`, { body: { name: 'Kept' } });
      };
      const moved = await remove('First', 'Second', '--force');
      expect([moved.code, moved.json.error]).toMatchObject([
        3,
        { code: 'cli.theme-moved', deleted: [{ name: 'First' }] },
      ]);
      expect(moved.json.error.message).toContain('Deleted before that: First');
      gateway.calm();
      gateway.before = async (route) => {
        if (route.startsWith('DELETE')) await merchant.call(`DELETE /themes/${second}`);
      };
      // Gone already is what was wanted.
      expect((await remove('Kept', '--force')).code).toBe(0);
    });

    test('asks on a terminal; Ctrl-C, Ctrl-D and no leave everything as it is', async () => {
      await another('Last');
      const before = await themes();
      const args = ['theme', 'delete', 'Last'];
      for (const typed of ['\u0003', '\u0004', 'n\r', '\r']) {
        const shown = await cli.onTerminal(args, [['(y/N)', typed]]);
        expect(shown).toContain('Stopped; nothing was done.');
        expect(shown).toMatch(/code 130\b/);
        // Typing is shown again, line by line, and Ctrl-C ends programs.
        for (const setting of ['echo', 'icanon', 'isig'])
          expect(shown).toMatch(new RegExp(`\\s${setting}\\b`));
      }
      expect(await themes()).toEqual(before);
      const yes = await cli.onTerminal(args, [['(y/N)', 'y\r']]);
      expect(yes).toMatch(/Last \([0-9a-f-]{36}\), version 1[\s\S]*Last is deleted[\s\S]*code 0/);
      expect(await themes()).toHaveLength(before.length - 1);
    });
  });

  test('Ctrl-C at a password ends with 130, keeps no sign-in, and types in sight again', async () => {
    const other = await CommandLine.open(gateway.url);
    try {
      const args = ['login', '--email', 'kiln@example.test'];
      const shown = await other.onTerminal(args, [['Password:', 'secret\u0003']]);
      expect(shown).toMatch(/code 130\b[\s\S]*\secho\b/);
      expect(shown).not.toContain('secret');
      expect((await other.run(['whoami', '--json'])).json.error.code).toBe('cli.not-signed-in');
    } finally {
      await other.close();
    }
  });
});
