import { DnsClient, readEndpoint } from '../src/dns/dns-client';
import { diagnose, type Expectation } from '../src/dns/diagnose';
import { observe } from '../src/dns/observe';
import { DnsRig } from './rig/dns-rig';

const OURS = ['192.0.2.10', '2001:db8::10'];
const TARGET = 't-0123456789abcdef0123.edge.test';
const TOKEN = 'shopverify-0123456789abcdef';

let rig: DnsRig;
let second: DnsRig;

beforeAll(async () => {
  [rig, second] = await Promise.all([DnsRig.start(), DnsRig.start()]);
});
beforeEach(() => {
  for (const each of [rig, second]) {
    each
      .reset()
      .zone('example.test')
      .zone('edge.test')
      .set(TARGET, { A: ['192.0.2.10'] });
  }
});
afterAll(async () => {
  await rig.stop();
  await second.stop();
});

async function check(host: string, more: Partial<Expectation> = {}, resolvers = [rig.address]) {
  const dns = new DnsClient({ resolvers });
  const diagnosis = diagnose(await observe(dns, host), {
    target: TARGET,
    edgeZone: 'edge.test',
    addresses: OURS,
    kind: host === 'example.test' ? 'apex' : 'sub',
    token: TOKEN,
    contested: false,
    issuers: ['letsencrypt.org'],
    accountUri: 'https://ca.test/acct/1',
    ...more,
  });
  return { ...diagnosis, codes: diagnosis.findings.map((found) => found.code) };
}

const HOST = 'shop.example.test';
const proof = { TXT: [TOKEN] };

describe('where a host leads', () => {
  it('OK_CNAME: to the store’s own target, which also proves it', async () => {
    rig.set(HOST, { CNAME: [TARGET] });
    expect(await check(HOST)).toMatchObject({ routing: 'ok', proof: 'cname', codes: ['OK_CNAME'] });
  });

  it('OK_CNAME through several hops, mixed case and a truncated answer', async () => {
    rig.set('Shop.Example.test', { CNAME: ['Two.Example.test'] });
    rig.set('two.example.test', { CNAME: [TARGET.toUpperCase()] }).fail(HOST, 'truncated');
    expect(await check(HOST)).toMatchObject({ routing: 'ok', proof: 'cname', codes: ['OK_CNAME'] });
  });

  it('OK_A: to our addresses, which proves nothing', async () => {
    rig.set('example.test', { A: ['192.0.2.10'], AAAA: ['2001:db8::10'] });
    expect(await check('example.test')).toMatchObject({
      routing: 'ok',
      proof: 'none',
      codes: ['TXT_MISSING', 'OK_A'],
    });
    rig.set(`_shopverify.example.test`, proof);
    expect(await check('example.test')).toMatchObject({ proof: 'txt', codes: ['OK_A'] });
  });

  it('NXDOMAIN and ZONE_MISSING', async () => {
    expect((await check(HOST)).codes).toEqual(['NXDOMAIN', 'TXT_MISSING']);
    expect((await check('shop.nowhere.test')).codes).toEqual(['ZONE_MISSING', 'TXT_MISSING']);
  });

  it('NO_ADDRESS', async () => {
    rig.set(HOST, { TXT: ['hello'] });
    expect((await check(HOST)).codes).toContain('NO_ADDRESS');
  });

  it('WRONG_TARGET names what it knows', async () => {
    rig.set(HOST, { A: ['23.227.38.65'] });
    const { findings, routing } = await check(HOST);
    expect(routing).toBe('wrong');
    expect(findings[0]).toMatchObject({
      code: 'WRONG_TARGET',
      message: 'shop.example.test points to Shopify instead of your store.',
      expected: [TARGET],
      found: ['23.227.38.65'],
      action: `Set a CNAME record of shop.example.test to ${TARGET}.`,
      blocking: true,
    });
  });

  it('OTHER_STORE_TARGET', async () => {
    rig.set(HOST, { CNAME: ['t-ffff.edge.test'] }).set('t-ffff.edge.test', { A: ['192.0.2.10'] });
    expect(await check(HOST)).toMatchObject({ routing: 'wrong', proof: 'none' });
    expect((await check(HOST)).codes).toContain('OTHER_STORE_TARGET');
  });

  it('MIXED_A lists the extra ones', async () => {
    rig.set(HOST, { A: ['192.0.2.10', '198.51.100.7'] }).set(`_shopverify.${HOST}`, proof);
    const { findings } = await check(HOST);
    expect(findings[0]).toMatchObject({
      code: 'MIXED_A',
      action: 'Delete the A records 198.51.100.7.',
    });
  });

  it('AAAA_CONFLICT', async () => {
    rig.set(HOST, { A: ['192.0.2.10'], AAAA: ['2001:db8::bad'] });
    rig.set(`_shopverify.${HOST}`, proof);
    expect(await check(HOST)).toMatchObject({ routing: 'wrong', codes: ['AAAA_CONFLICT'] });
  });

  it('CNAME_AT_APEX', async () => {
    rig.set('example.test', { CNAME: [TARGET] });
    expect((await check('example.test')).codes).toContain('CNAME_AT_APEX');
  });

  it('CNAME_LOOP', async () => {
    rig.set(HOST, { CNAME: ['b.example.test'] }).set('b.example.test', { CNAME: [HOST] });
    expect(await check(HOST)).toMatchObject({ routing: 'wrong' });
    expect((await check(HOST)).codes).toContain('CNAME_LOOP');
  });

  it('CHAIN_DANGLING', async () => {
    rig.set(HOST, { CNAME: ['gone.example.test'] });
    expect((await check(HOST)).codes).toContain('CHAIN_DANGLING');
  });

  it('CHAIN_LONG', async () => {
    rig.set(HOST, { CNAME: ['c1.example.test'] });
    for (let n = 1; n < 9; n += 1) {
      rig.set(`c${n}.example.test`, { CNAME: [n === 8 ? TARGET : `c${n + 1}.example.test`] });
    }
    expect(await check(HOST)).toMatchObject({ routing: 'wrong', codes: ['CHAIN_LONG'] });
  });
});

describe('who may issue', () => {
  beforeEach(() => rig.set(HOST, { CNAME: [TARGET] }));

  it.each([
    ['nothing set', {}, 'allows'],
    ['our authority', { CAA: ['0 issue "letsencrypt.org"'] }, 'allows'],
    ['one of several', { CAA: ['0 issue "x.test"', '0 issue "LetsEncrypt.org"'] }, 'allows'],
    ['only a wildcard rule', { CAA: ['0 issuewild "x.test"'] }, 'allows'],
    ['another authority', { CAA: ['0 issue "x.test"'] }, 'forbids'],
    ['nobody', { CAA: ['0 issue ";"'] }, 'forbids'],
    ['an unknown critical tag', { CAA: ['128 tbs "x"', '0 issue "letsencrypt.org"'] }, 'forbids'],
    [
      'our account',
      { CAA: ['0 issue "letsencrypt.org; accounturi=https://ca.test/acct/1"'] },
      'allows',
    ],
    [
      'another account',
      { CAA: ['0 issue "letsencrypt.org; accounturi=https://ca.test/acct/2"'] },
      'forbids',
    ],
    [
      'our method',
      { CAA: ['0 issue "letsencrypt.org; validationmethods=dns-01,http-01"'] },
      'allows',
    ],
    ['another method', { CAA: ['0 issue "letsencrypt.org; validationmethods=dns-01"'] }, 'forbids'],
  ])('%s at the parent zone: %s', async (_what, records, expected) => {
    rig.set('example.test', records);
    const { caa, codes } = await check(HOST);
    expect(caa).toBe(expected);
    expect(codes.includes('CAA_FORBIDS')).toBe(expected === 'forbids');
  });

  it('takes the nearest set', async () => {
    rig.set('example.test', { CAA: ['0 issue "x.test"'] });
    rig.set(TARGET, { CAA: ['0 issue "letsencrypt.org"'] });
    expect(await check(HOST)).toMatchObject({ caa: 'allows' });
  });

  it('CAA_ERROR when only that question fails; silent when the address fails, too', async () => {
    rig.fail('example.test', 'servfail', 'CAA');
    expect(await check(HOST)).toMatchObject({ caa: 'unknown', codes: ['CAA_ERROR', 'OK_CNAME'] });
    rig.fail(HOST, 'servfail');
    expect((await check(HOST)).codes).toEqual(['SERVFAIL']);
  });
});

describe('when nobody can be asked', () => {
  it.each([
    ['servfail', 'SERVFAIL'],
    ['refused', 'REFUSED'],
    ['silent', 'TIMEOUT'],
  ] as const)('%s -> %s, which blocks nothing and proves nothing', async (fault, code) => {
    rig
      .set(HOST, { CNAME: [TARGET] })
      .fail(HOST, fault)
      .fail(`_shopverify.${HOST}`, fault);
    expect(await check(HOST)).toMatchObject({
      routing: 'unknown',
      proof: 'unknown',
      findings: [{ code, blocking: false }],
    });
  });

  it('DNSSEC_BOGUS is told from a plain failure', async () => {
    rig.set(HOST, { CNAME: [TARGET] }).fail(HOST, 'bogus');
    expect((await check(HOST)).codes).toContain('DNSSEC_BOGUS');
  });

  it('a closed port is no answer', async () => {
    const { routing, codes } = await check(HOST, {}, ['127.0.0.1:1']);
    expect({ routing, codes }).toEqual({ routing: 'unknown', codes: ['TIMEOUT'] });
  });

  it('the first resolver dead: the second routes, but alone it cannot prove', async () => {
    second.set(HOST, { CNAME: [TARGET] });
    rig.fail(HOST, 'silent').fail(`_shopverify.${HOST}`, 'silent');
    const both = [rig.address, second.address];
    expect(await check(HOST, {}, both)).toMatchObject({ routing: 'ok', proof: 'unknown' });
  });
});

describe('whose the host is', () => {
  const TXT = `_shopverify.${HOST}`;
  const both = () => [rig.address, second.address];

  it('wants two resolvers to agree', async () => {
    rig.set(TXT, proof);
    expect(await check(HOST, {}, both())).toMatchObject({ proof: 'none' });
    second.set(TXT, proof);
    expect(await check(HOST, {}, both())).toMatchObject({ proof: 'txt' });
  });

  it('wants TXT when the host is contested', async () => {
    rig.set(HOST, { CNAME: [TARGET] });
    const contested = await check(HOST, { contested: true });
    expect(contested).toMatchObject({ proof: 'none', codes: ['TXT_MISSING', 'OK_CNAME'] });
    rig.set(TXT, proof);
    expect(await check(HOST, { contested: true })).toMatchObject({ proof: 'txt' });
  });

  it('finds the token among several records and joins pieces', async () => {
    const long = 'x'.repeat(300);
    rig.set(TXT, { TXT: ['v=spf1', long] });
    expect(await check(HOST, { token: long })).toMatchObject({ proof: 'txt' });
  });

  it('TXT_WRONG shows what stands there', async () => {
    rig.set(TXT, { TXT: ['shopverify-of-another-store'] });
    const { findings } = await check(HOST);
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'TXT_WRONG', found: ['shopverify-of-another-store'] }),
    );
  });

  it('TXT_WRONG recognises a zone name written twice', async () => {
    rig.set(`${TXT}.example.test`, proof);
    const { findings } = await check(HOST);
    expect(findings.find((found) => found.code === 'TXT_WRONG')?.action).toBe(
      `Rename the TXT record so that its full name is ${TXT}.`,
    );
  });
});

describe('readEndpoint', () => {
  it.each([
    ['9.9.9.9', '9.9.9.9', 53],
    ['127.0.0.1:5353', '127.0.0.1', 5353],
    ['2620:fe::fe', '2620:fe::fe', 53],
    ['[::1]:5353', '::1', 5353],
  ])('%s', (text, address, port) => expect(readEndpoint(text)).toEqual({ address, port }));
});
