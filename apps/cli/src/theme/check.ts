import { type Diagnostic, checkTheme } from '@libs/template-engine';
import { exitCodes } from '../cli-error';
import type { Output } from '../output';
import { decodeTheme, readThemeFolder } from './files/theme-folder';

/** From what on a finding makes the check fail. */
export type FailLevel = 'error' | 'warning' | 'info';

const levels: readonly FailLevel[] = ['error', 'warning', 'info'];

/** `caravel theme check`: every finding; exits with 1 when one is at the level, or worse. */
export async function checkFolder(
  given: string,
  { failLevel }: { failLevel: FailLevel },
  output: Output,
): Promise<void> {
  const { folder, files } = await readThemeFolder(given);
  const findings = checkTheme(decodeTheme(files));
  const failing = findings.filter(
    ({ severity }) => levels.indexOf(severity) <= levels.indexOf(failLevel),
  );
  output.result(
    { folder, files: files.size, ...countsOf(findings), findings },
    formatFindings(findings, files.size),
  );
  if (failing.length > 0) process.exitCode = exitCodes.refused;
}

function countsOf(
  findings: readonly Diagnostic[],
): Record<'errors' | 'warnings' | 'infos', number> {
  const count = (level: FailLevel) => findings.filter(({ severity }) => severity === level).length;
  return { errors: count('error'), warnings: count('warning'), infos: count('info') };
}

/** Findings for people: place, code, sentence, the lines around it, and how many there are. */
export function formatFindings(findings: readonly Diagnostic[], files: number): string {
  const { errors, warnings, infos } = countsOf(findings);
  const sum = `${files} files: ${errors} errors, ${warnings} warnings, ${infos} notes`;
  return [...findings.map(formatFinding), sum].join('\n\n');
}

/** One finding. */
export function formatFinding({ file, line, column, code, message, frame }: Diagnostic): string {
  const head = `${file}:${line}:${column} ${code} ${message}`;
  return frame === undefined ? head : `${head}\n${frame}`;
}
