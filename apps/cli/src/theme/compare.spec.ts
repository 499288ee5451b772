import * as fc from 'fast-check';
import { compareThree, formatConflict } from './compare';

const files = (texts: Record<string, string>) =>
  new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]));

const theme = fc.dictionary(
  fc.constantFrom('a.hbs', 'b.hbs', 'c.hbs'),
  fc.constantFrom('one', 'two', 'three'),
  { noNullPrototype: true },
);

test('names exactly the files in which theirs and ours differ', () => {
  fc.assert(
    fc.property(theme, theme, theme, (base, theirs, ours) => {
      const found = compareThree({ base: files(base), theirs: files(theirs), ours: files(ours) });
      const differ = ['a.hbs', 'b.hbs', 'c.hbs'].filter((path) => theirs[path] !== ours[path]);
      expect(found.map(({ path }) => path)).toEqual(differ);
      for (const { path, both, here, there } of found) {
        expect(here === 'same').toBe(ours[path] === base[path]);
        expect(there === 'same').toBe(theirs[path] === base[path]);
        expect(both).toBe(here !== 'same' && there !== 'same');
      }
    }),
  );
});

test('shows both sides of a clash, and marks it', () => {
  const text = formatConflict(
    compareThree({
      base: files({ 'x.hbs': 'old\n' }),
      theirs: files({ 'x.hbs': 'theirs\n' }),
      ours: files({ 'x.hbs': 'ours\n' }),
    }),
  );
  expect(text).toContain('! x.hbs: here changed, there changed');
  expect(text).toMatch(/-old\n\+theirs/);
  expect(text).toMatch(/-old\n\+ours/);
});
