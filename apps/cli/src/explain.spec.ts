import { ConfigError } from '@platform/config';
import { EmbeddedPostgresError } from '@platform/embedded-postgres';
import { CliError } from './cli-error';
import { explain } from './explain';

const coded = (code: string, path?: string): Error =>
  Object.assign(new Error('raw'), { code, path });

test.each([
  ['a setting', new ConfigError('The setting X must be Y.'), 'The setting X must be Y.'],
  ['our PostgreSQL', new EmbeddedPostgresError('disk-full', 'Full.'), 'Full.'],
  ['the command line', new CliError('Stop it.'), 'Stop it.'],
  ['no server', coded('ECONNREFUSED'), 'The database does not answer: check DATABASE_URL.'],
  ['a wrong password', coded('28P01'), 'The database refuses the password: check DATABASE_URL.'],
  ['a full disk', coded('ENOSPC'), /^The disk is full: .*CARAVEL_HOME.*\.$/],
  ['a closed folder', coded('EACCES', '/x'), 'A file or folder may not be used by this user: /x'],
])('%s is one sentence', (_name, error, sentence) => {
  expect(explain(error)).toEqual(
    sentence instanceof RegExp ? expect.stringMatching(sentence) : sentence,
  );
});

test('what nobody foresaw is told in full', () => {
  expect(explain(new Error('surprise'))).toContain('surprise');
});
