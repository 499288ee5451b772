import type { MenuItem } from './menu.entity';
import { checkMenuItems } from './menu-items';

const entry = (link: string, items: MenuItem[] = []): MenuItem => ({ title: 'x', link, items });

describe('menu items', () => {
  it.each(['/', '/collections/all', 'https://example.com/x', 'mailto:a@b.c', 'tel:+49', '#top'])(
    'takes %s',
    (link) => expect(checkMenuItems([entry(link)])).toHaveLength(1),
  );

  it.each([
    'javascript:alert(1)',
    'JAVASCRIPT:x',
    '//evil.example',
    'data:text/html,x',
    '',
    ' /x',
    'x',
  ])('refuses %s', (link) => expect(() => checkMenuItems([entry(link)])).toThrow('is not a link'));

  it('refuses a fourth level and says where', () => {
    const four = entry('/', [entry('/', [entry('/', [entry('/')])])]);
    expect(() => checkMenuItems([four])).toThrow(
      expect.objectContaining({ code: 'content.menu-too-deep' }),
    );
  });

  it('refuses more entries than a page should print', () => {
    const many = Array.from({ length: 201 }, () => entry('/'));
    expect(() => checkMenuItems(many)).toThrow('at most 200');
  });
});
