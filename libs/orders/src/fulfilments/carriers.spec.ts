import { carrierNames, completeTracking } from './carriers';

describe('tracking', () => {
  it.each([
    ['1Z 999 AA1 0123456784', 'UPS'],
    ['jjd000390007892561234', 'DHL'],
    ['00340434161094027318', 'DHL'],
    ['RX123456789DE', 'Deutsche Post'],
    ['AB123456789GB', 'Royal Mail'],
    ['6A12345678901', 'La Poste'],
    ['LK123456789CN', 'China Post'],
    ['9400 1118 9922 3100 0012 34', 'USPS'],
    ['SF1234567890123', 'SF Express'],
    ['LP00123456789012', 'Cainiao'],
    ['01234567890123', 'DPD'],
    ['Z8J3K4L5', 'GLS'],
    ['123456789012', 'FedEx'],
    ['TBA123456789012', 'Amazon Logistics'],
  ])('knows by %s that it is %s', (number, carrier) => {
    const tracking = completeTracking({ number });
    expect(tracking).toMatchObject({ carrier, number: number.replaceAll(' ', '').toUpperCase() });
    expect(tracking.url).toMatch(/^https:\/\//);
    expect(tracking.url).toContain(tracking.number);
    expect(carrierNames).toContain(carrier);
  });

  it.each(['', '42', 'no number at all', '12345678901234567890123456789'])(
    'does not guess at %j',
    (number) => {
      expect(completeTracking({ number })).toMatchObject({ carrier: null, url: null });
    },
  );

  it('believes staff rather than the looks of a number', () => {
    expect(completeTracking({ number: '123456789012', carrier: 'dpd' })).toMatchObject({
      carrier: 'DPD',
      url: 'https://tracking.dpd.de/status/en_US/parcel/123456789012',
    });
    expect(completeTracking({ number: '7', carrier: 'Our van' })).toEqual({
      number: '7',
      carrier: 'Our van',
      url: null,
    });
    const url = 'https://example.test/follow';
    expect(completeTracking({ number: '123456789012', url })).toMatchObject({ url });
  });

  it('lets no number break out of the address', () => {
    const { url } = completeTracking({ number: 'A"><&?b=1', carrier: 'UPS' });
    expect(url).toBe('https://www.ups.com/track?tracknum=A%22%3E%3C%26%3FB%3D1');
  });
});
