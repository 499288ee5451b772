import { compileTheme } from '@libs/template-engine';
import { LIMITS } from '@template-engine/language';
import { Kept } from '../src/runtime/kept';
import { aSection, errorsOf } from './theme.builder';

/** A section of about as many bytes, which become as many of code. */
const ofBytes = (bytes: number) =>
  `<p>${'word '.repeat(bytes / 5)}</p>{{#schema}}{"name":"Large"}{{/schema}}`;

test('a theme that becomes more code than render processes load is refused in one sentence', () => {
  const bytes = LIMITS.sourceBytes - 1_000;
  const count = Math.ceil(LIMITS.artefactBytes / bytes);
  const large = Array.from({ length: count + 1 }, (_, n) => [`sections/l${n}.hbs`, ofBytes(bytes)]);
  const whole = compileTheme(aSection('<p>small</p>', Object.fromEntries(large)));
  expect(errorsOf(whole)).toEqual(['E_TOO_LARGE']);
  const finding = whole.diagnostics.find(({ code }) => code === 'E_TOO_LARGE');
  expect(finding).toMatchObject({
    file: 'theme.json',
    message: `the files become too much code: the limit is ${LIMITS.artefactBytes} bytes`,
  });
  expect([whole.meta, whole.artefacts]).toEqual([null, []]);
  const fewer = aSection('<p>small</p>', Object.fromEntries(large.slice(0, count - 2)));
  expect(errorsOf(compileTheme(fewer))).toEqual([]);
}, 60_000);

test('what is kept of values that themes choose is bounded, and right after it was forgotten', () => {
  const kept = new Kept<number, string>(3);
  let made = 0;
  const ask = (key: number) => {
    return kept.get(key, () => {
      made += 1;
      return `value ${key}`;
    });
  };
  for (let key = 0; key < 100; key += 1) {
    expect(ask(key)).toBe(`value ${key}`);
    expect(kept['map'].size).toBeLessThanOrEqual(3);
  }
  expect([made, ask(99), made]).toEqual([100, 'value 99', 100]);
  const choosy = new Kept<number, string>(3, (value) => value !== 'no');
  expect([choosy.get(1, () => 'no'), choosy.get(1, () => 'yes')]).toEqual(['no', 'yes']);
});
