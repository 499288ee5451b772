import { CODES, type CodeRecord } from '../src/diagnostics/codes';
import { fence, page, table } from './markdown';

/** What the first letters of a code say. */
const families: Readonly<Record<string, string>> = {
  E: 'Language',
  F: 'Files',
  J: 'JSON files',
  C: 'Names and settings',
  L: 'Locales',
  D: 'Data',
  X: 'Structure',
  S: 'Security',
  H: 'HTML',
  A: 'Accessibility',
  P: 'Performance',
};

const levels = { error: 'error', warning: 'warning', info: 'note' } as const;

/** `checks.md`: every finding, what it means and what to write instead. */
export function checksPage(): string {
  const all: [string, CodeRecord][] = Object.entries(CODES);
  const present = [...new Set(all.map(([name]) => familyOf(name)))];
  return page('Checks', [
    'A theme is checked by `caravel theme check`, by the upload and by the editor, with the same engine and the same ' +
      'words. An **error** keeps a theme from being uploaded; a **warning** is shown; a **note** is advice. `--fix` puts ' +
      'right what can be put right without a decision.',
    overview(all),
    ...present.flatMap((family) => [
      `## ${family}`,
      ...all
        .filter(([name]) => familyOf(name) === family)
        .map(([name, record]) => entry(name, record)),
    ]),
  ]);
}

function overview(all: readonly [string, CodeRecord][]): string {
  const rows = all.map(([name, { severity, title, fixable }]) => [
    `[${name}](#${name.toLowerCase()})`,
    levels[severity],
    title,
    fixable ? 'yes' : '',
  ]);
  return table(['code', 'level', 'finding', '`--fix`'], rows);
}

function entry(name: string, { severity, title, about, bad, good, fixable }: CodeRecord): string {
  return [
    `### ${name}`,
    `**${title}.** ${about} (${levels[severity]}${fixable ? ', can be fixed' : ''})`,
    'Instead of',
    fence('hbs', bad),
    'write',
    fence('hbs', good),
  ].join('\n\n');
}

function familyOf(name: string): string {
  return families[name.split('_')[0] as string] ?? 'Other';
}
