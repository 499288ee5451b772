import {
  checkTheme,
  compileTheme,
  type CompiledTheme,
  type Diagnostic,
} from '@libs/template-engine';
import {
  applyFixes,
  diagnosticsToJson,
  formatDiagnostic,
  sortDiagnostics,
} from '@template-engine/diagnostics';
import { exitCodes } from '../cli-error';
import { type Output, counted, table } from '../output';
import { paintFinding } from '../paint';
import { decodeTheme, readThemeFolder, sayLinks, writeFiles } from './files/theme-folder';

/** From what on a finding makes the check fail. */
export type FailLevel = 'error' | 'warning' | 'info';

/** Flags of `caravel theme check`. */
export interface CheckOptions {
  failLevel: FailLevel;
  /** Write what can be put right without anybody looking. */
  fix?: boolean;
  /** Render every template with the worst of data, too. */
  dryRun: boolean;
}

type Theme = ReturnType<typeof decodeTheme>;

const levels: readonly FailLevel[] = ['error', 'warning', 'info'];
/** A fix may uncover another: one that overlapped it, or one behind what could not be read. */
const mostRounds = 50;
const costsShown = 5;

/** `caravel theme check`: every finding; exits with 1 when one is at the level, or worse. */
export async function checkFolder(
  given: string,
  { failLevel, fix = false, dryRun }: CheckOptions,
  output: Output,
): Promise<void> {
  const read = await readThemeFolder(given);
  const { folder, files } = read;
  const links = sayLinks(read);
  if (links !== null) output.say(links);
  const theme = decodeTheme(files);
  const fixed = fix ? fixedFiles(theme) : new Map<string, string>();
  await writeFiles(folder, new Map([...fixed].map(([path, text]) => [path, Buffer.from(text)])));
  const whole = new Map([...theme, ...fixed]);
  const checked = await output.progress('Checking', async () => check(whole, dryRun));
  const { diagnostics: findings, dryRun: pages = null } = checked;
  output.result(
    {
      folder,
      files: files.size,
      ...countsOf(findings),
      fixed: [...fixed.keys()],
      findings: diagnosticsToJson(findings),
      dryRun: pages,
    },
    [
      ...[...fixed.keys()].map((path) => `${path}: fixed`),
      ...sortDiagnostics(findings).map(
        (one) => `${paintFinding(process.stdout, formatDiagnostic(one), one.severity)}\n`,
      ),
      `${costsOf(pages)}${sumOf(findings, files.size)}`,
    ]
      .filter((part) => part !== '')
      .join('\n'),
  );
  const failing = findings.filter(
    ({ severity }) => levels.indexOf(severity) <= levels.indexOf(failLevel),
  );
  if (failing.length > 0) process.exitCode = exitCodes.refused;
}

function check(theme: Theme, dryRun: boolean): Pick<CompiledTheme, 'diagnostics' | 'dryRun'> {
  return dryRun ? compileTheme(theme, { dryRun: {} }) : { diagnostics: checkTheme(theme) };
}

/** The files that fixes change, by path, as they are to be. */
function fixedFiles(theme: Theme): Map<string, string> {
  let after: Theme = theme;
  for (let round = 0; round < mostRounds; round++) {
    const findings = checkTheme(after).filter((one) => one.fix);
    if (findings.length === 0) break;
    after = new Map(applyFixes(after, findings));
  }
  return new Map(
    [...after].flatMap(([path, text]) =>
      typeof text === 'string' && text !== theme.get(path) ? [[path, text] as const] : [],
    ),
  );
}

function costsOf(pages: CompiledTheme['dryRun'] | null): string {
  if (!pages || pages.costs.length === 0) return '';
  const rows = pages.costs
    .slice(0, costsShown)
    .map(({ type, template, steps, bytes }) => [type, template, String(steps), String(bytes)]);
  const heads = ['DEAREST SECTIONS', 'ON', 'STEPS', 'BYTES'];
  return `${table([heads, ...rows])}\n\n${pages.pages} pages rendered with the worst of data\n`;
}

function countsOf(
  findings: readonly Diagnostic[],
): Record<'errors' | 'warnings' | 'infos', number> {
  const count = (level: FailLevel) => findings.filter(({ severity }) => severity === level).length;
  return { errors: count('error'), warnings: count('warning'), infos: count('info') };
}

function sumOf(findings: readonly Diagnostic[], files: number): string {
  const { errors, warnings, infos } = countsOf(findings);
  const found = [counted(errors, 'error'), counted(warnings, 'warning'), counted(infos, 'note')];
  return `${counted(files, 'file')}: ${found.join(', ')}`;
}
