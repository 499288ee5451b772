import { spawnSync } from 'node:child_process';
import { buildProgram } from '../program';
import { completionScript } from './completion-script';
import { shells } from './shells';

test.each(shells)('%s knows every command and its flags', (shell) => {
  const script = completionScript(buildProgram(), shell);
  for (const word of [
    'theme',
    'push',
    'rollback',
    'delete',
    'rename',
    'login',
    '--fail-level',
    '--json',
  ]) {
    expect(script).toContain(word);
  }
  expect(script).toContain('theme push');
});

test('bash completes what stands there', () => {
  const ask = (words: string[]): string[] => {
    const script = `${completionScript(buildProgram(), 'bash')}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}
complete() { :; }; _caravel; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return spawnSync('bash', ['-c', script], { encoding: 'utf8' }).stdout.trim().split('\n');
  };
  expect(ask(['caravel', 'the'])).toEqual(['theme']);
  expect(ask(['caravel', 'theme', 'pu'])).toEqual(['push', 'pull', 'publish']);
  expect(ask(['caravel', 'theme', 'de'])).toEqual(['delete', 'dev']);
  expect(ask(['caravel', 'theme', 'delete', '--f'])).toEqual(['--force']);
  expect(ask(['caravel', 'theme', 'push', '--fo'])).toEqual(['--force']);
  expect(ask(['caravel', 'completion', 'z'])).toEqual(['zsh']);
  expect(ask(['caravel', 'theme', 'check', '--fail-level', ''])).toEqual([
    'error',
    'warning',
    'info',
  ]);
  expect(ask(['caravel', 'theme', 'check', '--fail-level', 'info', '--fi'])).toEqual(['--fix']);
});
