import type { AppError } from '@libs/kernel';
import type { ThemeFinding } from './theme-finding';
import { themesErrors } from './themes.errors';

/** The error of a theme that cannot be taken: the answer carries every finding, errors first as found. */
export function invalidTheme(findings: readonly ThemeFinding[]): AppError {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  return themesErrors.error(
    'invalid-theme',
    {
      count: errors.length,
      place: first ? `${first.file}:${first.line}:${first.column}` : 'theme.zip',
      first: first?.message ?? '',
    },
    { extensions: { findings } },
  );
}
