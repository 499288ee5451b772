import * as fc from 'fast-check';
import { withLineBreaksOf } from './line-breaks';
import { type FileBytes, changeFiles, hashesOf } from './theme-folder';

const files = (texts: Record<string, string | Buffer>): FileBytes =>
  new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]));

describe('line breaks that a system has changed', () => {
  const lines = fc.array(fc.string({ unit: 'binary' }).filter((one) => !/[\r\n]/.test(one)));

  test.each([
    ['LF', '\n', '\r\n'],
    ['CRLF', '\r\n', '\n'],
  ])('are as the version has them: %s', (_name, there, here) => {
    fc.assert(
      fc.property(lines, (texts) => {
        const version = files({ 'sections/a.hbs': texts.join(there) });
        const folder = files({ 'sections/a.hbs': texts.join(here) });
        expect(withLineBreaksOf(folder, hashesOf(version))).toEqual(version);
      }),
    );
  });

  test('stay in what was changed, in what is new, and in what is no text', () => {
    const version = { 'a.hbs': 'one\ntwo\n', 'assets/a.png': 'x\ny' };
    const folder = files({ 'a.hbs': 'one\r\n2\r\n', 'b.css': 'a\r\n', 'assets/a.png': 'x\r\ny' });
    expect(withLineBreaksOf(folder, hashesOf(files(version)))).toEqual(folder);
  });

  test('are found in bytes that are no UTF-8', () => {
    const version = files({ 'a.css': Buffer.from([0xff, 0x0a, 0xfe]) });
    const folder = files({ 'a.css': Buffer.from([0xff, 0x0d, 0x0a, 0xfe]) });
    expect(withLineBreaksOf(folder, hashesOf(version))).toEqual(version);
  });
});

/** Windows and macOS: names that differ in their letters' size are one file, which keeps the name it came with. */
function insensitiveDisk(present: readonly string[]) {
  const held = new Map(present.map((path) => [path.toLowerCase(), path]));
  return {
    names: () => [...held.values()].sort(),
    writeFiles: (_folder: string, write: FileBytes) => {
      for (const path of write.keys())
        held.set(path.toLowerCase(), held.get(path.toLowerCase()) ?? path);
      return Promise.resolve();
    },
    removeFiles: (_folder: string, paths: Iterable<string>) => {
      for (const path of paths) held.delete(path.toLowerCase());
      return Promise.resolve();
    },
  };
}

test('a file that gets other letters does not go with its old name', async () => {
  const disk = insensitiveDisk(['locales/zh-cn.json', 'sections/old.hbs', 'theme.json']);
  const write = files({ 'locales/zh-CN.json': '{}' });
  await changeFiles('', { write, remove: ['locales/zh-cn.json', 'sections/old.hbs'] }, disk);
  expect(disk.names()).toEqual(['locales/zh-CN.json', 'theme.json']);
});
