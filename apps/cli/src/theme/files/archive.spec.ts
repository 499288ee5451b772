import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { unzipTheme, zipTheme } from './archive';
import { hashOf } from './theme-folder';

const files = new Map([
  ['theme.json', Buffer.from('{}')],
  ['assets/base.css', Buffer.from('a{}')],
]);

test('equal files make equal bytes, whatever their order and the time zone', async () => {
  const zip = await zipTheme(files);
  expect(await zipTheme(new Map([...files].toReversed()))).toEqual(zip);
  const register = join(__dirname, '../../../../../libs/testing/jest/register.cjs');
  const code = `require(${JSON.stringify(join(__dirname, 'archive.ts'))}).zipTheme(new Map([['theme.json',Buffer.from('{}')],['assets/base.css',Buffer.from('a{}')]])).then((zip)=>process.stdout.write(require('crypto').createHash('sha256').update(zip).digest('hex')))`;
  const elsewhere = spawnSync(process.execPath, ['-r', register, '-e', code], {
    env: { PATH: process.env['PATH'], TZ: 'Asia/Tokyo' },
    encoding: 'utf8',
  });
  expect([elsewhere.stdout, elsewhere.stderr]).toEqual([hashOf(zip), '']);
});

test('comes out as it went in', async () => {
  const back = await unzipTheme(await zipTheme(files));
  expect([...back.keys()]).toEqual([...files.keys()].sort());
  expect(back.get('theme.json')?.toString()).toBe('{}');
});

test('a zip that leads out of a theme is refused', async () => {
  const other = await zipTheme(new Map([['elsewhere/x', Buffer.from('')]]));
  await expect(unzipTheme(other)).rejects.toThrow('is no theme');
});
