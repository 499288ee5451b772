import { SectionBlacklist } from './section-blacklist';

const place = { storeId: 's', hash: 'h', section: 'main' };

describe('the list of sections that are left out', () => {
  it('holds what killed a process until the theme or the stamp changes', () => {
    const list = new SectionBlacklist();
    list.ban(place, 7);
    expect(list.has(place, 7, 0)).toBe(true);
    expect(list.has(place, 8, 0)).toBe(false);
    expect(list.has({ ...place, hash: 'other' }, 7, 0)).toBe(false);
    expect(list.has({ ...place, storeId: 'other' }, 7, 0)).toBe(false);
  });

  it('takes a section in at the third strike of ten minutes, and lets it go afterwards', () => {
    const list = new SectionBlacklist();
    const minute = 60_000;
    expect([0, 8, 11].map((at) => list.strike(place, at * minute))).toEqual([false, false, false]);
    expect(list.has(place, 1, 11 * minute)).toBe(false);
    expect(list.strike(place, 12 * minute)).toBe(true);
    expect(list.has(place, 1, 13 * minute)).toBe(true);
    expect(list.has(place, 1, 19 * minute)).toBe(false);
  });
});
