import type { SectionError } from '@libs/template-engine';
import { SectionBlacklist } from './section-blacklist';

const place = { storeId: 's', hash: 'h', template: 'templates/index.json', section: 'main' };
const error: SectionError = {
  section: 'main',
  location: 'template',
  file: 'sections/main.hbs',
  line: 3,
  column: 1,
  code: 'R_STEPS',
  message: 'more than 10 steps',
};

describe('the list of sections that are left out', () => {
  it('holds what killed a process until the theme or the stamp changes', () => {
    const list = new SectionBlacklist();
    list.ban(place, 7, error);
    expect(list.reason(place, 7, 0)).toBe(error);
    const others = [
      { hash: 'other' },
      { storeId: 'other' },
      { template: 'templates/product.json' },
      { section: 'other' },
    ];
    expect(list.reason(place, 8, 0)).toBeNull();
    for (const other of others) expect(list.reason({ ...place, ...other }, 7, 0)).toBeNull();
  });

  it('takes a section in at the third strike of ten minutes, and lets it go afterwards', () => {
    const list = new SectionBlacklist();
    const minute = 60_000;
    expect([0, 8, 11].map((at) => list.strike(place, at * minute, error))).toEqual([
      false,
      false,
      false,
    ]);
    expect(list.reason(place, 1, 11 * minute)).toBeNull();
    expect(list.strike(place, 12 * minute, error)).toBe(true);
    expect(list.reason(place, 1, 13 * minute)).toBe(error);
    expect(list.reason(place, 1, 19 * minute)).toBeNull();
  });
});
