import * as fc from 'fast-check';
import { isEmail, readContact, readNewsletter } from './read-form';

describe('a contact form', () => {
  it('is taken with an address and a message, and whatever else the theme asks for', () => {
    const contact = { email: ' ada@example.test ', body: 'One\r\nTwo', 'Order number': '17' };
    expect(readContact({ contact }).form).toEqual({
      email: 'ada@example.test',
      name: '',
      phone: '',
      body: 'One\nTwo',
      fields: { 'Order number': '17' },
    });
  });

  it.each([
    [
      {},
      [
        ['email', 'missing'],
        ['body', 'missing'],
      ],
    ],
    [{ email: 'ada', body: 'Hi' }, [['email', 'email']]],
    [{ email: 'ada@example', body: 'Hi' }, [['email', 'email']]],
    [{ email: 'a@b.test, c@d.test', body: 'Hi' }, [['email', 'email']]],
    [{ email: 'a@b.test', body: 'x'.repeat(10_001) }, [['body', 'too-long']]],
    [{ email: 'a@b.test', body: 'Hi', name: 'x'.repeat(201) }, [['name', 'too-long']]],
    [{ email: 'a@b.test', body: 'Hi', ['x'.repeat(101)]: '' }, [['form', 'too-many-fields']]],
  ])('names the fields that are wrong: %#', (contact, faults) => {
    const read = readContact({ contact });
    expect(read.form).toBeNull();
    expect(read.faults.map(({ field, reason }) => [field, reason])).toEqual(faults);
    expect(read.values).toEqual(contact);
  });

  it('takes at most twenty fields of its own', () => {
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`Field ${i}`, 'x']));
    const contact = { email: 'a@b.test', body: 'Hi' };
    expect(readContact({ contact: { ...contact, ...many(20) } }).faults).toEqual([]);
    expect(readContact({ contact: { ...contact, ...many(21) } }).form).toBeNull();
  });

  it('is either taken or at fault, whatever comes in', () => {
    fc.assert(
      fc.property(fc.anything(), (contact) => {
        for (const read of [readContact({ contact }), readNewsletter({ contact })]) {
          expect(read.form === null).toBe(read.faults.length > 0);
          if (read.form) expect(isEmail(read.form.email)).toBe(true);
        }
      }),
    );
  });
});
