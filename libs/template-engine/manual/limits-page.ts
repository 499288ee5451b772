import { BUDGET_NOTES, LIMIT_NOTES } from '../src/limit-notes';
import { LIMITS, PAGE_BUDGETS } from '../src/limits';
import { page, table } from './markdown';

/** `limits.md`: how much of everything there may be. */
export function limitsPage(): string {
  return page('Limits', [
    'The limits of files are checked before a version is made: a theme that passes keeps within them. Budgets are ' +
      'counted while a page is made.',
    '## Files and settings',
    table(
      ['what', 'at most'],
      entries(LIMITS).map(([name, most]) => [
        LIMIT_NOTES[name].about,
        amount(most, LIMIT_NOTES[name].unit),
      ]),
    ),
    '## Budgets of a page',
    'A section may take half of each. A section that takes more is left out, and its place holds a comment; the rest of ' +
      'the page goes on. `caravel theme profile` prints what each section takes.',
    table(
      ['what', 'a page', 'a section'],
      entries(PAGE_BUDGETS).map(([name, most]) => [
        BUDGET_NOTES[name].about,
        amount(most, BUDGET_NOTES[name].unit),
        amount(most / 2, BUDGET_NOTES[name].unit),
      ]),
    ),
  ]);
}

function entries<T extends Readonly<Record<string, number>>>(
  limits: T,
): [keyof T & string, number][] {
  return Object.entries(limits);
}

function amount(most: number, unit: string): string {
  if (unit !== 'bytes') return `${most.toLocaleString('en')} ${unit}`.trim();
  return most >= 1024 * 1024 ? `${most / 1024 / 1024} MB` : `${most / 1024} KB`;
}
