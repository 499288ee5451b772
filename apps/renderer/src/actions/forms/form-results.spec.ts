import * as fc from 'fast-check';
import { Secrets } from '@platform/secrets';
import { type FormResult, FormResults } from './form-results';

const results = new FormResults(new Secrets({ masters: ['a-master-secret-of-this-suite-only'] }));

const anyResult = fc.record<FormResult>({
  type: fc.constantFrom('contact', 'newsletter', 'password'),
  id: fc.option(fc.constant('contact-main')),
  posted_successfully: fc.boolean(),
  errors: fc.array(fc.record({ field: fc.string(), message: fc.string() }), { maxLength: 3 }),
  values: fc.dictionary(
    fc.string().filter((name) => name !== '__proto__'),
    fc.string({ unit: 'binary' }),
    { maxKeys: 5 },
  ),
});

/** The Cookie header of a browser that has been given this one beside others. */
const sent = (header: string): string => `cart=x; ${header.split(';')[0]}; other=1`;

describe('the result of a form', () => {
  it('comes back as it was, to its own store alone', () => {
    fc.assert(
      fc.property(anyResult, fc.boolean(), (result, secure) => {
        const carried = results.carry('store-a', result, secure);
        expect(carried?.['set-cookie']).toMatch(/HttpOnly; SameSite=Lax/);
        const cookie = sent(carried?.['set-cookie'] ?? '');
        expect(results.read('store-a', cookie)).toEqual(JSON.parse(JSON.stringify(result)));
        expect(results.read('store-b', cookie)).toBeNull();
      }),
      { numRuns: 60 },
    );
  });

  it('is nothing once a letter of it was changed', () => {
    const result = { type: 'contact', id: null, posted_successfully: true, errors: [], values: {} };
    const header = results.carry('a', result as FormResult, true)?.['set-cookie'] ?? '';
    const value = (header.split(';')[0] ?? '').split('=')[1] ?? '';
    for (let at = 0; at < value.length; at += 1) {
      const other = value[at] === 'A' ? 'B' : 'A';
      const forged = `form_result=${value.slice(0, at)}${other}${value.slice(at + 1)}`;
      // The last character of base64 may carry bits that mean nothing.
      const read = results.read('a', forged);
      if (read !== null) expect([at, read]).toEqual([value.length - 1, result]);
    }
    for (const none of [undefined, '', 'form_result=', 'form_result=~', 'form_result=a~b'])
      expect(results.read('a', none)).toBeNull();
  });

  it('is not carried when it is longer than a cookie', () => {
    const values = {
      body: Array.from({ length: 9_000 }, (_, i) =>
        String.fromCodePoint(0x4e00 + ((i * 7919) % 20_000)),
      ).join(''),
    };
    const result: FormResult = {
      type: 'contact',
      id: null,
      posted_successfully: false,
      errors: [],
      values,
    };
    expect(results.carry('a', result, true)).toBeNull();
  });
});
