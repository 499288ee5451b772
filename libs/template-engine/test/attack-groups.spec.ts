import fs from 'node:fs';
import path from 'node:path';
import { type Attack, outcomeOf, poison, themeOf } from './attack-lab';

/**
 * Hostile themes by group, each with its verdict. `CARAVEL_GOLDEN=write` writes what came of those that changed;
 * a verdict that became weaker (refused, stopped, harmless, in this order) is never written.
 */
const folder = path.join(__dirname, 'attacks');
const groups = fs.readdirSync(folder).filter((file) => file !== 'own-attacks.json');
const strictness = (verdict: string) =>
  ['harmless', 'stopped', 'refused'].indexOf(verdict.split(':')[0] as string);

describe.each(groups.sort())('attacks: %s', (group) => {
  const file = path.join(folder, group);
  const attacks = JSON.parse(fs.readFileSync(file, 'utf8')) as Attack[];
  const write = process.env.CARAVEL_GOLDEN === 'write';
  afterAll(() => {
    if (write) fs.writeFileSync(file, `${JSON.stringify(attacks, null, 2)}\n`);
  });

  test.each(attacks)('$name: $verdict', (attack) => {
    const { verdict, html } = outcomeOf(themeOf(attack), attack.data);
    if (write && strictness(verdict) >= strictness(attack.verdict)) attack.verdict = verdict;
    // On a busy machine the clock may stop what the budget of another would have.
    const late = [verdict, attack.verdict].includes('stopped: R_DEADLINE');
    if (late) expect(strictness(verdict)).toBe(strictness(attack.verdict));
    else expect(verdict).toBe(attack.verdict);
    expect(html).not.toMatch(poison);
    for (const text of attack.never ?? []) expect(html).not.toContain(text);
  });

  const bare = attacks.filter(
    ({ markup }) => typeof markup === 'string' && /@(product|collection)\b/.test(markup),
  );
  if (bare.length === 0) return;
  test.each(bare)('$name, with bare names', (attack) => {
    const markup = (attack.markup as string).replace(/@(product|collection)\b/g, '$1');
    const { verdict, html } = outcomeOf(themeOf({ ...attack, markup }), attack.data);
    // A bare name is nothing in a section: refused, or harmless since there is nothing to be read.
    expect(verdict).toMatch(/^(refused: [A-Z]_\w+|harmless|stopped: R_\w+)$/);
    expect(html).not.toMatch(poison);
    for (const text of attack.never ?? []) expect(html).not.toContain(text);
  });
});
