import { addressFields } from './address-fields';
import { checkAddress, checkEmail, checkPhone } from './check-address';
import { countries, namedCountries, provinceName } from './countries';

const berlin = {
  country: 'DE',
  name: 'Ada Lovelace',
  address1: 'Torstraße 1',
  zip: '10119',
  city: 'Berlin',
};

const fieldsOf = (country: string) => addressFields(country).map(({ field }) => field);

describe('the fields of an address', () => {
  it('stand in the order of the country', () => {
    const street = ['name', 'company', 'address1', 'address2'];
    expect(fieldsOf('DE')).toEqual([...street, 'zip', 'city', 'phone']);
    expect(fieldsOf('US')).toEqual([...street, 'city', 'province', 'zip', 'phone']);
    expect(fieldsOf('GB')).toEqual([...street, 'city', 'zip', 'phone']);
    expect(fieldsOf('AE')).toEqual([...street, 'province', 'phone']);
    expect(fieldsOf('JP')).toEqual([...street, 'province', 'zip', 'phone']);
  });

  it('ask for what the post needs, in every country', () => {
    const required = (country: string) =>
      addressFields(country).flatMap(({ field, required }) => (required ? field : []));
    expect(required('DE')).toEqual(['name', 'address1', 'zip', 'city']);
    expect(required('US')).toEqual(['name', 'address1', 'city', 'province', 'zip']);
    expect(required('IE')).toEqual(['name', 'address1', 'city']);
    for (const country of countries) expect(required(country)).toContain('address1');
    expect(addressFields('US').find(({ field }) => field === 'province')?.choices).toContainEqual({
      code: 'NY',
      name: 'New York',
    });
  });
});

describe('checking an address', () => {
  it('takes a good one, tidied, and leaves out what its country does not know', () => {
    const typed = { ...berlin, name: '  Ada \n Lovelace ', province: 'BE', phone: '030 12345678' };
    expect(checkAddress(typed)).toEqual({ address: { ...berlin, phone: '+493012345678' } });
  });

  it('names every field that is at fault', () => {
    expect(checkAddress({ country: 'US', zip: 'ABC', province: 'XX', phone: '12' })).toEqual({
      faults: {
        name: 'required',
        address1: 'required',
        city: 'required',
        province: 'invalid',
        zip: 'invalid',
        phone: 'invalid',
      },
    });
    expect(checkAddress({ ...berlin, name: 'A'.repeat(256) })).toEqual({
      faults: { name: 'too-long' },
    });
    expect(checkAddress({})).toEqual({ faults: { country: 'required' } });
    expect(checkAddress({ ...berlin, country: 'ZZ' })).toEqual({ faults: { country: 'invalid' } });
  });

  it('finds a town where the post writes none', () => {
    const dubai = { country: 'AE', name: 'Ada', address1: 'Street 1', province: 'DU' };
    const checked = checkAddress(dubai);
    expect(checked).toEqual({ address: { ...dubai, city: 'DU' } });
  });

  it('reads telephone numbers at home and from abroad', () => {
    expect(checkPhone('030 12345678', 'DE')).toBe('+493012345678');
    expect(checkPhone('+1 212 555 2368', 'DE')).toBe('+12125552368');
    expect(checkPhone('hello', 'DE')).toBeNull();
    expect(checkPhone('+49 30 1', 'XX')).toBeNull();
  });

  it('reads e-mail addresses', () => {
    expect(checkEmail(' ada@example.com ')).toBe('ada@example.com');
    for (const wrong of ['', 'ada', 'ada@', 'ada@example', `${'a'.repeat(250)}@example.com`])
      expect(checkEmail(wrong)).toBeNull();
  });

  it('names countries and provinces', () => {
    const german = namedCountries('de', ['US', 'AT', 'EG']);
    expect(german.map(({ name }) => name)).toEqual(['Ägypten', 'Österreich', 'Vereinigte Staaten']);
    expect(provinceName('US', 'CA')).toBe('California');
    expect(provinceName('DE', 'Bayern')).toBe('Bayern');
  });
});
