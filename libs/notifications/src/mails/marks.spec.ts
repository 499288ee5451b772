import * as fc from 'fast-check';
import {
  amountLine,
  isolateHtml,
  isolated,
  isolatedValues,
  itemLine,
  rowOf,
  totalMarked,
  unmarked,
} from './marks';

describe('marks in mails', () => {
  it('leave nothing behind in the text of a mail', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (title, amount) => {
        const line = itemLine({ quantity: 2, title }, unmarked(amount));
        expect(unmarked(line)).toBe(`2 × ${unmarked(title)}: ${unmarked(amount)}`);
        expect(isolateHtml(isolated(title), 'rtl')).not.toMatch(/[\uE002-\uE006]/);
      }),
    );
  });

  it.each([
    ['a price of goods', itemLine({ quantity: 1, title: 'Bowl: blue' }, '€5.00'), '€5.00', false],
    ['a sum', amountLine('小计：', '€5.00'), '€5.00', false],
    ['the total', `Total: ${totalMarked('5,00 د.إ.')}`, '5,00 د.إ.', true],
  ])('make a row of %s', (_, line, amount, total) => {
    expect(rowOf(line)).toMatchObject({ amount, total });
    expect(unmarked(rowOf(line)?.label ?? '')).not.toMatch(/[:：]\s*$/);
  });

  it('leave sentences as they are', () => {
    expect(rowOf(`You get ${totalMarked('€5.00')} back:`)).toBeNull();
    expect(rowOf('Total: nothing')).toBeNull();
  });

  it('keep words of another direction apart, and nothing else', () => {
    const html = (text: string, direction: 'ltr' | 'rtl') => isolateHtml(isolated(text), direction);
    expect(html('Ada', 'ltr')).toBe('Ada');
    expect(html('مزهرية', 'ltr')).toBe('<bdi>مزهرية</bdi>');
    expect(html('#1001', 'rtl')).toBe('<bdi dir="ltr">#1001</bdi>');
    expect(isolatedValues({ items: 'a\nb', name: '' })).toEqual({ items: 'a\nb', name: '' });
  });
});
