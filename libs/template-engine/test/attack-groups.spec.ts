import fs from 'node:fs';
import path from 'node:path';
import { type Attack, dataOf, outcomeOf, poisonsIn, themeOf } from './attack-lab';

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
    const { verdict, html } = outcomeOf(themeOf(attack), dataOf(attack));
    if (write && strictness(verdict) >= strictness(attack.verdict)) attack.verdict = verdict;
    // On a busy machine the clock may stop what the budget of another would have.
    const late = [verdict, attack.verdict].includes('stopped: R_DEADLINE');
    if (late) expect(strictness(verdict)).toBe(strictness(attack.verdict));
    else expect(verdict).toBe(attack.verdict);
    expect(poisonsIn(html)).toEqual([]);
    for (const text of attack.never ?? []) expect(html).not.toContain(text);
  });

  const bare = attacks.filter(
    ({ markup }) => typeof markup === 'string' && /@(product|collection)\b/.test(markup),
  );
  if (bare.length === 0) return;
  test.each(bare)('$name, with bare names', (attack) => {
    const markup = (attack.markup as string).replace(/@(product|collection)\b/g, '$1');
    const { verdict, html } = outcomeOf(themeOf({ ...attack, markup }), dataOf(attack));
    // A bare name is nothing in a section: refused, or harmless since there is nothing to be read.
    expect(verdict).toMatch(/^(refused: [A-Z]_\w+|harmless|stopped: R_\w+)$/);
    expect(poisonsIn(html)).toEqual([]);
    for (const text of attack.never ?? []) expect(html).not.toContain(text);
  });
});

test.each([
  ['<a href="java\tscript:alert(1)">x</a>', ['java\tscript:alert(1)']],
  ['<svg><a xlink:href="&#1;JavaScript&#58;alert(1)">x</a></svg>', ['\u0001JavaScript:alert(1)']],
  ['<template><form action=javascript:alert(1)></template>', ['javascript:alert(1)']],
  ['<object data="javascript:1"></object>', ['javascript:1']],
  ['<p>[object Object]<script>alert(1)</script>', ['[object ', '<script>alert']],
  // An attribute of another name, text, and an address that is none.
  ['<a }}href="javascript:alert(1)" title="javascript:">href="javascript:"</a>', []],
  ['<a href="/javascript:alert(1)">x</a>', []],
])('what an attack is judged by: %s', (html, found) => {
  expect(poisonsIn(html)).toEqual(found);
});
