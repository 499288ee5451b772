import * as fc from 'fast-check';
import { nest, readInput } from './read-input';

const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;
const read = (type: string | undefined, body: string) =>
  readInput({ headers: { 'content-type': type }, body: Buffer.from(body) });

describe('names with brackets', () => {
  it.each([
    ['id=1&quantity=2', { id: '1', quantity: '2' }],
    ['id=1&id=2', { id: '2' }],
    [
      'properties[Name]=Ada&properties[Size [cm]]=3',
      { properties: { Name: 'Ada', 'Size [cm]': '3' } },
    ],
    ['updates[]=1&updates[]=0', { updates: ['1', '0'] }],
    ['updates[7:ab]=1', { updates: { '7:ab': '1' } }],
    [
      'items[][id]=1&items[][properties][A]=x&items[][properties][B]=y&items[][id]=2',
      { items: [{ id: '1', properties: { A: 'x', B: 'y' } }, { id: '2' }] },
    ],
    ['items[0][id]=1&items[1][id]=2', { items: { 0: { id: '1' }, 1: { id: '2' } } }],
    ['a[b][c][d][e][f]=1', { 'a[b][c][d][e][f]': '1' }],
    ['broken[=1', { 'broken[': '1' }],
  ])('%s', (query, expected) => {
    expect(plain(nest(new URLSearchParams(query)))).toEqual(expected);
  });

  it('take no name for a prototype', () => {
    const input = nest([
      ['__proto__[polluted]', 'yes'],
      ['properties[__proto__]', 'x'],
      ['constructor[prototype][polluted]', 'yes'],
    ]);
    expect(Object.getPrototypeOf(input)).toBeNull();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('are read without fault, whatever they are', () => {
    const name = fc.array(fc.constantFrom('a', 'items', '[', ']', '[]', '[b]'), { maxLength: 6 });
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            name.map((parts) => parts.join('')),
            fc.string(),
          ),
        ),
        (fields) => {
          expect(typeof nest(fields)).toBe('object');
        },
      ),
    );
  });
});

describe('bodies', () => {
  it('reads JSON, forms and forms with parts', async () => {
    expect(await read('application/json', '{"id":1}')).toEqual({ id: 1 });
    const form = await read('application/x-www-form-urlencoded; charset=UTF-8', 'id=1&note=a+b');
    expect(plain(form)).toEqual({ id: '1', note: 'a b' });
    const parts = [
      '--x',
      'Content-Disposition: form-data; name="id"',
      '',
      '1',
      '--x',
      'Content-Disposition: form-data; name="file"; filename="a.txt"',
      'Content-Type: text/plain',
      '',
      'ignored',
      '--x--',
      '',
    ].join('\r\n');
    expect(plain(await read('multipart/form-data; boundary=x', parts))).toEqual({ id: '1' });
    expect(await read(undefined, '')).toEqual({});
  });

  it.each([
    ['application/json', '{', 'malformed'],
    ['application/json', '[1]', 'malformed'],
    ['application/json', 'null', 'malformed'],
    ['multipart/form-data', 'x', 'malformed'],
    ['text/plain', '{"id":1}', 'unsupported'],
    [undefined, 'id=1', 'unsupported'],
  ])('%s %s: %s', async (type, body, why) => expect(await read(type, body)).toBe(why));
});
