import { parseHost, pathOf } from './parse-host';

describe('the host of a request', () => {
  it.each([
    ['a.test', 'a.test', null],
    ['A.TEST:443', 'a.test', 443],
    ['a.test.', 'a.test', null],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example', null],
    ['kiln.localhost:4080', 'kiln.localhost', 4080],
    ['127.0.0.1:4080', '127.0.0.1', 4080],
  ])('reads %s', (text, name, port) => expect(parseHost([text], '/')).toEqual({ name, port }));

  it.each([
    '',
    ':80',
    'a.test:99999',
    'a.test:0',
    'a.test:80:80',
    'user@a.test',
    'a.test b.test',
    'a..test',
    '-a.test',
    'a.test/x',
    'bücher.test',
    '[::1]:80',
    `${'a'.repeat(64)}.test`,
    'a.test,b.test',
  ])('refuses “%s”', (text) => expect(parseHost([text], '/')).toBeNull());

  it('refuses none and two', () => {
    expect(parseHost([], '/')).toBeNull();
    expect(parseHost(['a.test', 'a.test'], '/')).toBeNull();
  });

  it('takes an absolute target for the same host only', () => {
    expect(parseHost(['a.test'], 'http://A.test/x')).toMatchObject({ name: 'a.test' });
    expect(parseHost(['a.test'], 'http://evil.test/x')).toBeNull();
    expect(parseHost(['a.test'], 'http://a.test:81/x')).toBeNull();
    expect(parseHost(['a.test'], 'ftp://a.test/x')).toBeNull();
    expect(pathOf('http://a.test/x?y=1')).toBe('/x?y=1');
    expect(pathOf('/x')).toBe('/x');
    expect(pathOf('http://a.test')).toBe('/');
  });
});
