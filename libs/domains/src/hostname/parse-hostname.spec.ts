import * as fc from 'fast-check';
import { isWithin, parseHostname, registrableDomain } from './parse-hostname';

const strict = { ownZones: ['stores.example', 'edge.stores.example'], testMode: false };
const lenient = { ownZones: ['localhost', 'edge.localhost'], testMode: true };

function ascii(input: string, rules = strict): string {
  const verdict = parseHostname(input, rules);
  return verdict.ok ? verdict.hostname.ascii : `!${verdict.problem}`;
}

describe('what a merchant types becomes one ASCII name', () => {
  it.each([
    ['shop.example.com', 'shop.example.com'],
    ['  Shop.Example.COM  ', 'shop.example.com'],
    ['shop.example.com.', 'shop.example.com'],
    ['ＥＸＡＭＰＬＥ．com', 'example.com'],
    ['例え。com', 'xn--r8jz45g.com'],
    ['bücher.de', 'xn--bcher-kva.de'],
    ['XN--BCHER-KVA.de', 'xn--bcher-kva.de'],
    // Non-transitional: the sharp s is a letter of its own.
    ['faß.de', 'xn--fa-hia.de'],
    ['a.b.c.d.e.f.g.h.example.com', 'a.b.c.d.e.f.g.h.example.com'],
  ])('%s -> %s', (input, expected) => expect(ascii(input)).toBe(expected));

  it('keeps the readable form for display and knows apex from sub-domain', () => {
    expect(parseHostname('shop.bücher.co.uk', strict)).toEqual({
      ok: true,
      hostname: {
        ascii: 'shop.xn--bcher-kva.co.uk',
        unicode: 'shop.bücher.co.uk',
        registrable: 'xn--bcher-kva.co.uk',
        kind: 'sub',
      },
    });
    expect(parseHostname('bücher.co.uk', strict)).toMatchObject({ hostname: { kind: 'apex' } });
  });

  it('counts a name under a private suffix as a registrable domain of its own', () => {
    expect(registrableDomain('a.myshopify.com')).toBe('a.myshopify.com');
    expect(registrableDomain('x.github.io')).toBe('x.github.io');
    expect(registrableDomain('github.io')).toBeNull();
  });
});

describe('what domainToASCII would let through is refused', () => {
  it.each([
    ['exam%70le.com', 'malformed'],
    ['example.com/', 'malformed'],
    ['https://example.com', 'malformed'],
    ['example.com:8080', 'malformed'],
    ['user@example.com', 'malformed'],
    ['example.com?x', 'malformed'],
    ['example.com#x', 'malformed'],
    ['a\\b.com', 'malformed'],
    ['*.example.com', 'malformed'],
    ['_x.example.com', 'malformed'],
    ['exa mple.com', 'malformed'],
    ['a\tb.com', 'malformed'],
    ['a\u00adb.com', 'malformed'],
    ['a\u200bb.com', 'malformed'],
    ['\u202eabc.com', 'malformed'],
    ['a／b.com', 'malformed'],
    ['a..b', 'malformed'],
    ['example.com..', 'malformed'],
    ['.example.com', 'malformed'],
    ['-a.com', 'malformed'],
    ['a-.com', 'malformed'],
    ['xn--zzzz.com', 'malformed'],
    ['', 'malformed'],
    ['.', 'malformed'],
    [`${'a'.repeat(64)}.com`, 'malformed'],
    [`${`${'a'.repeat(60)}.`.repeat(5)}com`, 'too-long'],
    ['a.b.c.d.e.f.g.h.i.example.com', 'too-many-labels'],
    ['shop', 'too-few-labels'],
    ['1.2.3.4', 'address'],
    ['1.2.3', 'address'],
    ['0x7f.1', 'address'],
    ['::1', 'address'],
    ['2001:db8::1', 'address'],
    ['[::1]', 'malformed'],
  ])('%j is %s', (input, problem) => expect(ascii(input)).toBe(`!${problem}`));
});

describe('names that are nobody’s to connect', () => {
  it.each([
    ['stores.example', 'platform'],
    ['shop.stores.example', 'platform'],
    ['t-1.edge.stores.example', 'platform'],
    ['co.uk', 'public-suffix'],
    ['github.io', 'public-suffix'],
    ['foo.test', 'reserved'],
    ['foo.onion', 'reserved'],
    ['printer.local', 'reserved'],
    ['foo.internal', 'reserved'],
    ['foo.nosuchsuffix', 'unknown-suffix'],
  ])('%s is %s', (input, problem) => expect(ascii(input)).toBe(`!${problem}`));

  it('lets reserved suffixes through in test mode, but never the platform’s own zones', () => {
    expect(ascii('shop.example.test', lenient)).toBe('shop.example.test');
    expect(ascii('shop.localhost', lenient)).toBe('!platform');
    expect(ascii('t-1.edge.localhost', lenient)).toBe('!platform');
    expect(ascii('co.uk', lenient)).toBe('!public-suffix');
  });

  it('does not mistake a longer name for a part of the zone', () => {
    expect(isWithin('mystores.example', 'stores.example')).toBe(false);
    expect(isWithin('my.stores.example', 'stores.example')).toBe(true);
  });
});

describe('whatever is typed', () => {
  it('never throws, and an accepted name is accepted again unchanged', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.domain(),
      fc.webUrl(),
      fc.ipV4Extended(),
    );
    fc.assert(
      fc.property(text, (input) => {
        const verdict = parseHostname(input, lenient);
        if (!verdict.ok) return;
        const { ascii: name } = verdict.hostname;
        expect(name).toMatch(/^[a-z0-9.-]{3,253}$/);
        expect(parseHostname(name, lenient)).toEqual(verdict);
      }),
      { numRuns: 1000 },
    );
  });
});
