import { menuInput } from './index';

describe('a menu', () => {
  it('has entries that need not name entries of their own', () => {
    const shop = { title: 'Shop', link: '/collections/all' };
    const read = menuInput.parse({ title: 'Main', items: [{ ...shop, items: [shop] }, shop] });
    const bare = { ...shop, items: [] };
    expect(read.items).toEqual([{ ...shop, items: [bare] }, bare]);
  });
});
