import { DIFFERENCES } from './differences';
import { outcomeOf, SPEC_CASES } from './spec-cases';

const listed = DIFFERENCES.flatMap(({ outcome, cases }) =>
  Object.entries(cases).flatMap(([file, places]) =>
    places.map((place) => [`${file}:${place}`, outcome] as const),
  ),
);
const files = [...new Set(SPEC_CASES.map(({ id }) => id.split(':')[0]!))];

test('every difference is listed once, with a reason, and is a case of the specification', () => {
  const ids = listed.map(([id]) => id);
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  const known = new Set(SPEC_CASES.map(({ id }) => id));
  expect(ids.filter((id) => !known.has(id))).toEqual([]);
  expect(DIFFERENCES.filter(({ why }) => why.length < 20)).toEqual([]);
});

test.each(files)(
  'the cases of %s mean here what the specification says, but for the differences listed',
  (file) => {
    const cases = SPEC_CASES.filter(({ id }) => id.startsWith(`${file}:`));
    const differing = cases
      .map((one) => [one.id, outcomeOf(one)] as const)
      .filter(([, outcome]) => outcome !== 'agrees');
    expect(Object.fromEntries(differing)).toEqual(
      Object.fromEntries(listed.filter(([id]) => id.startsWith(`${file}:`))),
    );
  },
  60_000,
);

test('most of what is not refused agrees', () => {
  const refused = listed.filter(([, outcome]) => outcome === 'refused').length;
  const other = listed.length - refused;
  expect(SPEC_CASES.length - listed.length).toBeGreaterThan(5 * other);
});
