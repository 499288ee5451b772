import { redraws } from './output';

test('a line is drawn anew on terminals that can: neither in a file nor in an editor’s shell', () => {
  expect(redraws({ isTTY: true }, 'xterm-256color')).toBe(true);
  // Windows says nothing of its terminal.
  expect(redraws({ isTTY: true }, undefined)).toBe(true);
  expect(redraws({ isTTY: true }, 'dumb')).toBe(false);
  expect(redraws({}, 'xterm')).toBe(false);
});
