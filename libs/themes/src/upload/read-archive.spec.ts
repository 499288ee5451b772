import { randomBytes } from 'node:crypto';
import { AppError } from '@libs/kernel';
import * as fc from 'fast-check';
import { type RawEntry, rawZip } from '../../test/raw-zip';
import { aTheme, withZip, zipOf } from '../../test/theme.builder';
import type { ThemeFinding } from '../theme-finding';
import { judgePath } from '@libs/template-engine';
import { decodeTexts, readThemeArchive } from './read-archive';

const read = (zip: Buffer) => withZip(zip, readThemeArchive);

async function findingsOf(zip: Buffer): Promise<string[]> {
  const error: unknown = await read(zip).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError) || error.code !== 'themes.invalid-theme') throw error;
  const findings = error.extensions.findings as ThemeFinding[];
  return findings.map(({ file, code }) => `${file} ${code}`);
}

const good: RawEntry = { name: 'theme.json', content: '{}' };

describe('the zip of a theme', () => {
  it('is read, whatever folder is wrapped around it, without what tools leave behind', async () => {
    const files = aTheme();
    const wrapped = Object.entries(files).map(([path, content]) => [`My Theme 2/${path}`, content]);
    const zip = await zipOf({
      ...(Object.fromEntries(wrapped) as typeof files),
      '__MACOSX/My Theme 2/._theme.json': 'x',
      'My Theme 2/.DS_Store': 'x',
    });
    expect([...(await read(zip)).keys()]).toEqual(Object.keys(files).sort());
  });

  it.each<[string, RawEntry, string]>([
    ['a way out', { name: '../theme.json' }, '../theme.json Z_TRAVERSAL'],
    ['a way out further in', { name: 'assets/../../x.css' }, 'assets/../../x.css Z_TRAVERSAL'],
    ['a path of the machine', { name: '/etc/passwd' }, '/etc/passwd Z_TRAVERSAL'],
    ['a drive', { name: 'C:/x.css' }, 'C:/x.css Z_TRAVERSAL'],
    ['a backslash', { name: 'assets\\x.css' }, 'assets\\x.css Z_TRAVERSAL'],
    ['a link', { name: 'assets/a.css', content: '/etc', mode: 0o120777 }, 'assets/a.css Z_LINK'],
    ['a device', { name: 'assets/a.css', mode: 0o020644 }, 'assets/a.css Z_LINK'],
    ['a bomb', { name: 'assets/a.css', content: Buffer.alloc(2 ** 21) }, 'assets/a.css Z_RATIO'],
    ['encryption', { name: 'assets/a.css', flags: 1 }, 'assets/a.css Z_ENCRYPTED'],
    ['another packer', { name: 'assets/a.css', method: 14 }, 'assets/a.css Z_DAMAGED'],
    ['a wrong sum', { name: 'assets/a.css', content: 'a', crc: 1 }, 'assets/a.css Z_DAMAGED'],
    [
      'a file longer than it says',
      { name: 'assets/a.css', content: 'aaaa', size: 2 },
      'assets/a.css Z_DAMAGED',
    ],
    ['a shorter one', { name: 'assets/a.css', content: 'aa', size: 4 }, 'assets/a.css Z_DAMAGED'],
    ['a folder of its own', { name: 'php/x.php' }, 'php/x.php Z_PLACE'],
    ['a file at the top', { name: 'evil.sh' }, 'evil.sh Z_PLACE'],
    ['an ending', { name: 'assets/page.html' }, 'assets/page.html Z_PLACE'],
    ['capitals', { name: 'sections/Hero.hbs' }, 'sections/Hero.hbs Z_NAME'],
    ['a twin', { name: 'THEME.json' }, 'THEME.json Z_DUPLICATE'],
  ])('is refused for %s, by the name of the file', async (_, entry, finding) => {
    expect(await findingsOf(rawZip([good, entry]))).toContain(finding);
  });

  it('is refused for too many files, before they are looked at', async () => {
    const names = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ name: `assets/a${i}.css` }));
    expect(await findingsOf(rawZip([good, ...names(2_000)]))).toEqual([
      'theme.zip Z_TOO_MANY_FILES',
    ]);
    expect(await findingsOf(rawZip(names(5_001)))).toEqual(['theme.zip Z_TOO_MANY_FILES']);
  });

  it('is refused for what it would unpack to, and for its own size', async () => {
    const noise = randomBytes(300_000);
    const big = rawZip([
      { name: 'assets/a.css', content: noise, size: 40_000_000 },
      { name: 'assets/b.css', content: noise, size: 40_000_000 },
    ]);
    expect(await findingsOf(big)).toContain('theme.zip Z_TOO_LARGE');
    expect(await findingsOf(Buffer.alloc(21 * 1024 * 1024))).toEqual(['theme.zip Z_TOO_LARGE']);
  });

  it('is refused when it is none', async () => {
    expect(await findingsOf(Buffer.from('hello'))).toEqual(['theme.zip Z_NOT_A_ZIP']);
    expect(await findingsOf(Buffer.alloc(0))).toEqual(['theme.zip Z_NOT_A_ZIP']);
    const cut = rawZip([good, { name: 'assets/a.css', content: 'a' }]);
    cut.writeUInt32LE(0, cut.length - 6);
    expect(await findingsOf(cut)).toEqual(['theme.zip Z_DAMAGED']);
  });

  it('never ends in anything but files or findings, however it is damaged', async () => {
    const whole = await zipOf({ 'theme.json': '{}', 'assets/a.css': 'body{}'.repeat(50) });
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), async (at, byte) => {
        const damaged = Buffer.from(whole);
        damaged[at] = byte;
        const found = await read(damaged).then(
          (files) => [...files.keys()],
          (error: unknown) => (error as AppError).code,
        );
        expect(typeof found === 'string' ? found : 'files').toMatch(
          /^(files|themes\.invalid-theme)$/,
        );
      }),
      { numRuns: 300 },
    );
  });

  it('has texts in UTF-8', () => {
    const files = new Map([['assets/a.css', Buffer.from([0xff, 0xfe])]]);
    expect(() => decodeTexts(files)).toThrow(
      expect.objectContaining({ code: 'themes.invalid-theme' }),
    );
    expect(decodeTexts(new Map([['assets/a.css', Buffer.from('ä')]])).get('assets/a.css')).toBe(
      'ä',
    );
  });
});

describe('paths of a theme', () => {
  it.each([
    'theme.json',
    'layout/theme.hbs',
    'templates/404.json',
    'templates/product.gift.json',
    'templates/customers/login.json',
    'sections/header.json',
    'locales/zh-CN.json',
    'locales/en.default.schema.json',
    'assets/a-b_c.min.css',
  ])('%s is one', (path) => {
    expect(judgePath(path)).toBeNull();
  });

  it.each([
    ['templates/customers/deep/login.json', 'Z_PLACE'],
    ['assets/icons/a.svg', 'Z_PLACE'],
    ['assets/theme.hbs', 'Z_PLACE'],
    ['config/other.json', 'Z_NAME'],
    ['locales/EN.json', 'Z_NAME'],
    ['snippets/.hbs', 'Z_NAME'],
    [`snippets/${'a'.repeat(80)}.hbs`, 'Z_NAME'],
    ['snippets/hbs', 'Z_PLACE'],
  ])('%s is none: %s', (path, code) => {
    expect(judgePath(path)?.code).toBe(code);
  });
});
