import type { Db } from '@platform/database';
import type { Log } from '@platform/telemetry';
import type { ProblemNote, ThemeProblems } from '../problems/theme-problems.service';
import { StorefrontProblems } from './storefront-problems';

/** Writes nothing down but what it is given. */
function gather() {
  const written: { storeId: string; notes: ProblemNote[] }[] = [];
  const db = { write: (storeId: string, work: (store: string) => unknown) => work(storeId) };
  const record = (storeId: string, notes: ProblemNote[]) =>
    Promise.resolve(written.push({ storeId, notes }));
  const problems = new StorefrontProblems(
    db as unknown as Db,
    { record } as unknown as ThemeProblems,
    { error: () => undefined } as unknown as Log,
  );
  const note = (storeId: string, code: string) =>
    problems.note(
      { storeId, themeId: 't', versionId: 'v', template: 'index', section: 'main', code },
      { file: 'a.hbs', line: 1, column: 1, message: 'no', leftOut: false },
    );
  return { problems, note, written };
}

test('a store with many kinds of failures is told of fifty, and those are counted on', async () => {
  const { problems, note, written } = gather();
  for (let kind = 0; kind < 200; kind += 1) note('one', `R_${kind}`);
  for (let more = 0; more < 5; more += 1) note('one', 'R_0');
  await problems.flush();
  const notes = written[0]?.notes;
  expect(notes).toHaveLength(50);
  expect(notes?.[0]).toMatchObject({ code: 'R_0', count: 6 });
});

test('a renderer holds failures of ten thousand stores, and of others after it has written', async () => {
  const { problems, note, written } = gather();
  for (let store = 0; store < 10_500; store += 1) note(`store ${store}`, 'R_STEPS');
  await problems.flush();
  expect(written).toHaveLength(10_000);
  note('store 10400', 'R_STEPS');
  await problems.flush();
  expect(written.at(-1)?.storeId).toBe('store 10400');
});
