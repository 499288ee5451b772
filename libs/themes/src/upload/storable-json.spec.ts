import * as fc from 'fast-check';
import { storableJson } from './storable-json';

describe('JSON for PostgreSQL', () => {
  it('has neither NUL nor lone surrogates, and is otherwise the same', () => {
    const anyText = fc.string({ unit: 'binary' });
    const hard = fc.array(fc.constantFrom('\0', '\\', '\\u0000', 'u0000', '\ud800', '\udc00', 'ä'));
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          hard.map((parts) => parts.join('')),
        ),
        (text) => {
          const stored = storableJson({ text }).text;
          expect(stored).toBe(Buffer.from(text).toString().replaceAll('\0', '\ufffd'));
        },
      ),
    );
  });

  it('keeps the order of keys', () => {
    expect(Object.keys(storableJson({ zz: '\0', a: 1 }))).toEqual(['zz', 'a']);
  });
});
