import { linkStyles, sha256 } from './link-styles';
import { manifestOf } from './prepare-theme';

const bytes = (files: Record<string, string>) =>
  new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
const link = (files: Record<string, string>) => {
  const theme = bytes(files);
  const linked = linkStyles(theme, manifestOf(theme));
  return Object.fromEntries([...linked].map(([path, text]) => [path, text.toString()]));
};
const hash = (text: string) => sha256(Buffer.from(text)).slice(0, 16);

test('a file named by a style sheet is named by its content, whatever the way of writing', () => {
  const font = 'not really a font';
  const css =
    '@font-face{src:url(a.woff2)}.b{background:url( "a.woff2?x#y" )}.c{mask:url(/a.woff2)}/* url(a.woff2) */';
  expect(link({ 'assets/a.woff2': font, 'assets/base.css': css })).toEqual({
    'assets/base.css': `@font-face{src:url(/cdn/t/a.${hash(font)}.woff2)}.b{background:url( /cdn/t/a.${hash(font)}.woff2 )}.c{mask:url(/a.woff2)}/* url(a.woff2) */`,
  });
});

test('a style sheet that imports another names what browsers get of it', () => {
  const linked = link({
    'assets/a.css': '@import "b.css";',
    'assets/b.css': '.b{background:url(c.png)}',
    'assets/c.png': 'c',
  });
  expect(linked['assets/a.css']).toBe(
    `@import "/cdn/t/b.${hash(linked['assets/b.css'] as string)}.css";`,
  );
});

test('style sheets in a circle end, and those without relative addresses stay as they are', () => {
  expect(
    Object.keys(link({ 'assets/a.css': '@import "b.css"', 'assets/b.css': '@import "a.css"' })),
  ).toEqual(expect.arrayContaining(['assets/a.css']));
  expect(link({ 'assets/a.css': 'a{background:url(https://x.example/a.png)}' })).toEqual({});
});
