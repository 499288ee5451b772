import { postalLines } from './postal-lines';

const wang = {
  name: '王小明',
  address1: '长安街1号',
  zip: '100000',
  city: '北京市',
  province: '北京市',
  country: 'CN',
};
const ada = {
  name: 'Ada Lovelace',
  address1: 'Torstraße 1',
  zip: '10119',
  city: 'Berlin',
  country: 'DE',
};

describe('the lines of an address', () => {
  it('begin with the country where reader and address begin with the largest part', () => {
    expect(postalLines(wang, 'zh-CN')).toEqual(['中国', '100000', '北京市', '长安街1号', '王小明']);
    expect(postalLines(wang, 'de')).toEqual(['100000', '北京市', '长安街1号', '王小明', 'China']);
  });

  it('end with the country for every other address, whoever reads it', () => {
    expect(postalLines(ada, 'zh-CN')).toEqual([
      'Ada Lovelace',
      'Torstraße 1',
      '10119 Berlin',
      '德国',
    ]);
  });

  it('are in the Latin order where an address of China is written in Latin letters', () => {
    const latin = { ...wang, name: 'Wang Xiaoming', address1: '1 Changan Street' };
    const there = { ...latin, city: 'Chaoyang', province: 'Beijing' };
    expect(postalLines(there, 'en')).toEqual([
      'Wang Xiaoming',
      '1 Changan Street',
      'Chaoyang',
      'Beijing, 100000',
      'China',
    ]);
  });

  it('name the city of Japan, whose format has none, and begin on no comma', () => {
    const there = { ...ada, address1: '1-1 Marunouchi', address2: 'Room 2', country: 'JP' };
    expect(postalLines({ ...there, city: 'Chiyoda', province: 'Tokyo' }, 'en')).toEqual([
      'Ada Lovelace',
      '1-1 Marunouchi',
      'Room 2',
      'Chiyoda',
      'Tokyo',
      '10119',
      'Japan',
    ]);
    const own = { ...there, address1: '丸の内1', city: '千代田区', province: '東京都' };
    expect(postalLines(own, 'ja')).toContain('千代田区丸の内1');
  });
});
