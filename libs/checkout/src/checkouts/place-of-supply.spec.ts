import { placeOfSupply } from './place-of-supply';

const inCountry = (country: string) => ({ name: 'Ada', address1: '1', city: 'X', country });

describe('the evidence of the place of supply', () => {
  it.each([
    [
      { shipping: 'DE', ip: 'DE' },
      { billingCountry: 'DE', conflicting: false },
    ],
    [
      { shipping: 'DE', ip: 'FR' },
      { ipCountry: 'FR', conflicting: true },
    ],
    [
      { shipping: 'DE', billing: 'AT' },
      { billingCountry: 'AT', ipCountry: null, conflicting: true },
    ],
    [
      { billing: 'PT', ip: 'PT' },
      { shippingCountry: null, conflicting: false },
    ],
    [{ ip: 'PT' }, { shippingCountry: null, billingCountry: null, conflicting: false }],
    [{}, { ipCountry: null, conflicting: false }],
  ])('of %j', ({ shipping, billing, ip }: Record<string, string>, expected) => {
    const said = placeOfSupply({
      shippingAddress: shipping === undefined ? null : inCountry(shipping),
      billingAddress: billing === undefined ? null : inCountry(billing),
      ipCountry: ip ?? null,
    });
    expect(said).toMatchObject(expected);
  });
});
