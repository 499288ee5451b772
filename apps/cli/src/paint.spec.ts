import { paintDiffs, paintFinding } from './paint';

const terminal = { isTTY: true, hasColors: () => true };
const finding = 'a.hbs:1:2 E_X no\n>    1 | x\n       = docs/checks.md#e_x';
const diff =
  '--- a (base)\n+++ a (ours)\n@@ -1 +1 @@\n-old\n+new\n same\n--force puts yours there.';

test('a terminal shows levels and sides in colours', () => {
  expect(paintFinding(terminal, finding, 'error')).toBe(
    '\u001b[31ma.hbs:1:2 E_X no\u001b[0m\n>    1 | x\n\u001b[2m       = docs/checks.md#e_x\u001b[0m',
  );
  expect(paintFinding(terminal, finding, 'warning')).toContain('\u001b[33ma.hbs');
  const lines = paintDiffs(terminal, diff).split('\n');
  expect(lines.slice(2)).toEqual([
    '\u001b[36m@@ -1 +1 @@\u001b[0m',
    '\u001b[31m-old\u001b[0m',
    '\u001b[32m+new\u001b[0m',
    ' same',
    '--force puts yours there.',
  ]);
});

test.each([{}, { isTTY: false, hasColors: () => true }, { isTTY: true, hasColors: () => false }])(
  'what shows no colours gets none: %j',
  (stream) => {
    expect(paintFinding(stream, finding, 'error')).toBe(finding);
    expect(paintDiffs(stream, diff)).toBe(diff);
  },
);
