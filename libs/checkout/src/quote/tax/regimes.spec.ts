import { aCart, aDelivery, aLine, taxes, taxOn } from '../../../test/quote.builder';
import { chooseRegime, quote, type TaxSituation, type TaxTerms } from '../index';
import type { ImportScheme, TaxRegistration } from './choose-regime';
import type { RateRow } from './rate-table';

const day = '2026-11-21';

function aRate(country: string, percent: number, rest: Partial<RateRow> = {}): RateRow {
  return {
    country,
    region: null,
    category: 'standard',
    name: 'VAT',
    jurisdiction: country,
    ppm: percent * 10_000,
    from: '2020-01-01',
    to: null,
    ...rest,
  };
}

function registered(
  country: string,
  scheme: TaxRegistration['scheme'] = 'local',
  rest: Partial<TaxRegistration> = {},
): TaxRegistration {
  return {
    country,
    region: null,
    scheme,
    number: `${country}-${scheme}`,
    from: '2020-01-01',
    to: null,
    ...rest,
  };
}

const ioss: ImportScheme = {
  name: 'ioss',
  countries: ['DE', 'FR'],
  registration: 'IM2760000001',
  limitMinor: 15_000,
  currency: 'EUR',
  rate1e10: 10_000_000_000,
  duty: null,
};
const uk: ImportScheme = {
  ...ioss,
  name: 'uk_import',
  countries: ['GB'],
  registration: 'GB123',
  limitMinor: 13_500,
  currency: 'GBP',
};

const germany = { country: 'DE', region: null };
const france = { country: 'FR', region: null };
const china = { country: 'CN', region: null };
const britain = { country: 'GB', region: null };

function sale(rest: Partial<TaxSituation> = {}): TaxSituation {
  return {
    on: day,
    origin: germany,
    destination: france,
    memberStates: ['DE', 'FR', 'IT'],
    registrations: [registered('DE'), registered('DE', 'oss')],
    schemes: [],
    rates: [
      aRate('DE', 19),
      aRate('DE', 7, { category: 'food' }),
      aRate('FR', 20),
      aRate('GB', 20),
      aRate('FR', 19.6, { from: '2000-01-01', to: '2020-01-01' }),
    ],
    buyer: null,
    dutyPaid: false,
    categories: ['standard', 'food'],
    ...rest,
  };
}

/** Scheme, taxed or not, and the rates of the standard category in percent. */
function outcome(situation: TaxSituation): [string, boolean, number[]] {
  const regime = chooseRegime(situation);
  return [
    regime.scheme,
    regime.taxed,
    (regime.rates['standard'] ?? []).map(({ ppm }) => ppm / 10_000),
  ];
}

describe('the regime of a sale', () => {
  it.each<[string, Partial<TaxSituation>, ReturnType<typeof outcome>]>([
    ['at home', { destination: germany }, ['domestic', true, [19]]],
    [
      'at home without registration',
      { destination: germany, registrations: [] },
      ['unregistered', false, []],
    ],
    ['to a member state under OSS', {}, ['oss', true, [20]]],
    [
      'to a member state below the threshold',
      { registrations: [registered('DE')] },
      ['origin', true, [19]],
    ],
    [
      'to a member state before OSS began',
      { registrations: [registered('DE'), registered('DE', 'oss', { from: '2027-01-01' })] },
      ['origin', true, [19]],
    ],
    [
      'to a member state with a registration there',
      { registrations: [registered('DE'), registered('FR')] },
      ['domestic', true, [20]],
    ],
    [
      'to a business of another member state',
      { buyer: { country: 'FR', check: 'valid' } },
      ['reverse_charge', false, []],
    ],
    [
      'to a business whose number cannot be checked',
      { buyer: { country: 'FR', check: 'unreachable' } },
      ['oss', true, [20]],
    ],
    [
      'to a business of the own member state',
      { destination: germany, buyer: { country: 'DE', check: 'valid' } },
      ['domestic', true, [19]],
    ],
    ['out of the union', { destination: britain }, ['export', false, []]],
    ['into the union under IOSS', { origin: china, schemes: [ioss] }, ['ioss', true, [20]]],
    ['into the union without IOSS', { origin: china, registrations: [] }, ['export', false, []]],
    [
      'into Britain under its scheme',
      { destination: britain, schemes: [uk] },
      ['uk_import', true, [20]],
    ],
  ])('%s', (_, situation, expected) => expect(outcome(sale(situation))).toEqual(expected));

  it('names the number under which it is reported and what the shopper must be told', () => {
    expect(chooseRegime(sale()).registration).toBe('DE-oss');
    expect(chooseRegime(sale({ origin: china, schemes: [ioss] })).registration).toBe(
      'IM2760000001',
    );
    expect(chooseRegime(sale({ buyer: { country: 'FR', check: 'valid' } })).notice).toBe(
      'reverse_charge',
    );
    expect(chooseRegime(sale({ destination: britain })).notice).toBe('import_charges_on_delivery');
  });

  it('takes the row of the category, of the day, and says which place has none', () => {
    const regime = chooseRegime(
      sale({ destination: germany, categories: ['food', 'books', 'exempt'] }),
    );
    expect(regime.rates).toEqual({
      food: [{ name: 'VAT', jurisdiction: 'DE', ppm: 70_000 }],
      books: [{ name: 'VAT', jurisdiction: 'DE', ppm: 190_000 }],
      exempt: [],
    });
    expect(() => chooseRegime(sale({ rates: [] }))).toThrow(
      'rates has no row for FR on 2026-11-21',
    );
  });
});

describe('taxes of states and provinces', () => {
  const texas = { country: 'US', region: 'TX' };
  const newYork = { country: 'US', region: 'NY' };
  const rates = [
    aRate('US', 4, { region: 'NY', jurisdiction: 'US-NY', name: 'Sales tax' }),
    aRate('US', 4, {
      region: 'NY',
      jurisdiction: 'US-NY',
      name: 'Sales tax',
      category: 'clothing',
      exemptBelowMinor: 11_000,
    }),
    aRate('CA', 5, { jurisdiction: 'CA', name: 'GST' }),
    aRate('CA', 9.975, { region: 'QC', jurisdiction: 'CA-QC', name: 'QST' }),
    aRate('CA', 10, { region: 'PE', jurisdiction: 'CA-PE', name: 'PST', compound: true }),
  ];
  const nexus = [registered('US', 'local', { region: 'NY' }), registered('CA')];
  const american = {
    origin: texas,
    rates,
    registrations: nexus,
    categories: ['standard', 'clothing'],
  };

  it('are due where the store has nexus', () => {
    expect(outcome(sale({ ...american, destination: newYork }))).toEqual(['domestic', true, [4]]);
    expect(outcome(sale({ ...american, destination: texas }))).toEqual(['unregistered', false, []]);
  });

  it('leave clothing below a limit per unit, after discounts, alone', () => {
    const regime = chooseRegime(sale({ ...american, destination: newYork }));
    const tax: TaxTerms = {
      ...taxes({}, { included: false, level: 'line', shipping: 'none' }),
      regime,
    };
    const at = (unitMinor: number) =>
      quote(
        aCart([aLine('a', 2, unitMinor, { taxCategory: 'clothing' })], { currency: 'USD', tax }),
      ).totals.taxMinor;
    expect([at(10_999), at(11_000)]).toEqual([0, 880]);
  });

  it.each([
    [
      'QC',
      [
        [5, 500],
        [9.975, 998],
      ],
      1_498,
    ],
    [
      'PE',
      [
        [5, 500],
        [10, 1_050],
      ],
      1_550,
    ],
    ['AB', [[5, 500]], 500],
  ])('in %s are %j', (region, rows, total) => {
    const regime = chooseRegime(sale({ ...american, destination: { country: 'CA', region } }));
    const tax: TaxTerms = { ...taxes({}, { included: false }), regime };
    const result = quote(aCart([aLine('a', 1, 10_000)], { currency: 'CAD', tax }));
    expect(taxOn(result, 'line')).toEqual(rows);
    expect(result.totals.taxMinor).toBe(total);
  });
});

describe('prices that contain the tax of home', () => {
  const home = {
    rates: taxes({ standard: 19 }).regime.rates,
    abroad: 'same_gross',
    untaxed: 'strip',
  } as const;
  const at = (
    regime: TaxTerms['regime'],
    rest: Partial<typeof home | { abroad: 'same_net'; untaxed: 'keep' }>,
  ) => {
    const tax: TaxTerms = { ...taxes({}), regime, home: { ...home, ...rest } };
    const { totals } = quote(aCart([aLine('a', 1, 11_900)], { tax }));
    return [totals.totalMinor, totals.taxMinor];
  };
  const abroad = chooseRegime(sale());
  const exported = chooseRegime(sale({ destination: britain }));

  it('G16: are the same gross or the same net in another country', () => {
    expect(at(abroad, { abroad: 'same_gross' })).toEqual([11_900, 1_983]);
    expect(at(abroad, { abroad: 'same_net' })).toEqual([12_000, 2_000]);
  });

  it('G17: lose the tax or keep their amount when they are exported', () => {
    expect(at(exported, { untaxed: 'strip' })).toEqual([10_000, 0]);
    expect(at(exported, { untaxed: 'keep' })).toEqual([11_900, 0]);
  });

  it('lose the tax when the buyer owes it', () => {
    const reversed = chooseRegime(sale({ buyer: { country: 'FR', check: 'valid' } }));
    expect(at(reversed, {})).toEqual([10_000, 0]);
  });

  it('stay as they are at home', () => {
    expect(at(chooseRegime(sale({ destination: germany })), { abroad: 'same_net' })).toEqual([
      11_900, 1_900,
    ]);
  });
});

describe('consignments of an import scheme', () => {
  const german = [aRate('DE', 19)];
  const regime = chooseRegime(
    sale({
      origin: china,
      destination: germany,
      schemes: [ioss],
      rates: german,
      categories: ['standard'],
    }),
  );
  const tax: TaxTerms = { ...taxes({}), regime };

  it.each([
    [17_850, 15_000, true, 2_850],
    [17_851, 15_001, false, 0],
  ])('G15: %s are %s net, below the limit: %s', (gross, net, below, due) => {
    const lines = [aLine('a', 1, gross)];
    const result = quote(aCart(lines, { tax, deliveries: [aDelivery(lines, 2_000)] }));
    expect(result.tax.consignments).toEqual([
      { id: 'delivery', valueMinor: net, currency: 'EUR', below },
    ]);
    expect(result.lines[0]?.taxMinor).toBe(due);
    expect(result.shipping[0]?.taxMinor).toBe(below ? 319 : 0);
    expect(result.tax.notices).toEqual(below ? [] : ['import_charges_on_delivery']);
    expect(result.tax.registration).toBe('IM2760000001');
  });

  it('are judged one by one, before shipping is chosen together', () => {
    const lines = [aLine('a', 1, 17_850), aLine('b', 1, 5_000)];
    const [first, second] = lines.map((line) => ({ ...aDelivery([line], 0), id: `to-${line.id}` }));
    const apart = quote(aCart(lines, { tax, deliveries: first && second ? [first, second] : [] }));
    expect(apart.tax.consignments.map(({ below }) => below)).toEqual([true, true]);
    expect(quote(aCart(lines, { tax })).tax.consignments).toEqual([
      { id: 'all', valueMinor: 19_202, currency: 'EUR', below: false },
    ]);
  });

  it('lose the tax of home above the limit, and are not judged again by the lower price', () => {
    const home = {
      rates: taxes({ standard: 19 }).regime.rates,
      abroad: 'same_gross',
      untaxed: 'strip',
    } as const;
    const result = quote(aCart([aLine('a', 1, 17_851)], { tax: { ...tax, home } }));
    expect(result.totals).toMatchObject({ totalMinor: 15_001, taxMinor: 0 });
  });

  it('say who pays what is charged on delivery', () => {
    const paid = { ...ioss, dutyPaid: true };
    const terms = { ...tax, regime: { ...regime, importLimit: paid } };
    expect(quote(aCart([aLine('a', 1, 17_851)], { tax: terms })).tax.notices).toEqual([
      'delivered_duty_paid',
    ]);
    expect(chooseRegime(sale({ destination: britain, dutyPaid: true })).notice).toBe(
      'delivered_duty_paid',
    );
  });

  it('never bear the tax at checkout with goods under excise', () => {
    const lines = [aLine('wine', 1, 2_000, { excise: true })];
    expect(quote(aCart(lines, { tax })).tax.consignments[0]?.below).toBe(false);
  });

  it('cost a flat duty for each tariff heading, when the shopper is to pay it', () => {
    const lines = [
      aLine('a', 3, 1_000, { tariffHeading: '6109' }),
      aLine('b', 1, 1_000, { tariffHeading: '6109' }),
      aLine('c', 1, 1_000, { tariffHeading: '4202' }),
    ];
    const paidBy = (payer: 'shopper' | 'merchant') => {
      const duty = { amountMinor: 300, payer, tax: 'none' } as const;
      const importLimit = { ...ioss, dutyPaid: false, duty };
      return quote(aCart(lines, { tax: { ...tax, regime: { ...regime, importLimit } } }));
    };
    expect(paidBy('shopper').fees.map(({ title, totalMinor }) => [title, totalMinor])).toEqual([
      ['Duty 6109', 300],
      ['Duty 4202', 300],
    ]);
    expect(paidBy('shopper').totals.totalMinor).toBe(5_600);
    expect(paidBy('merchant').fees).toEqual([]);
  });

  it.each([
    [18_838, true],
    [18_839, false],
  ])('to Britain are compared in pounds: %s euros including tax', (gross, below) => {
    const british = chooseRegime(
      sale({
        destination: britain,
        schemes: [{ ...uk, rate1e10: 8_600_000_000 }],
        categories: ['standard'],
      }),
    );
    const result = quote(aCart([aLine('a', 1, gross)], { tax: { ...taxes({}), regime: british } }));
    expect(result.tax.consignments[0]).toMatchObject({ currency: 'GBP', below });
  });
});

describe('what a tax needs to be known', () => {
  it('is named when it is missing', () => {
    const lines = [aLine('a', 1, 100, { taxCategory: 'books' })];
    expect(() => quote(aCart(lines))).toThrow('The line a has the tax category “books”');
  });
});
