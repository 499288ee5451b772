import { networkOf } from './network-of';

describe('the network of an address', () => {
  it('is an address of IPv4 itself, however it is written', () => {
    expect(networkOf('192.0.2.7')).toBe('192.0.2.7');
    expect(networkOf('::ffff:192.0.2.7')).toBe('192.0.2.7');
  });

  it('is the first half of an address of IPv6, however it is written', () => {
    const network = '2001:db8:1:2::/64';
    expect(networkOf('2001:db8:1:2::1')).toBe(network);
    expect(networkOf('2001:0DB8:0001:0002:ffff:ffff:ffff:ffff')).toBe(network);
    expect(networkOf('2001:db8:1:2:3:4:192.0.2.7')).toBe(network);
    expect(networkOf('2001:db8:1:3::1')).not.toBe(network);
    expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0::/64');
    expect(networkOf('::1')).toBe('0:0:0:0::/64');
    expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
  });

  it('is what was given where that is no address', () => {
    expect(networkOf('unknown')).toBe('unknown');
  });
});
