import { orderSettingsInput } from './settings.contract';

describe('what a store does with its orders by itself', () => {
  const off = { cancelUnpaid: false, holdDisputed: false };

  it('leaves to the store in which order tenders are given back', () => {
    expect(orderSettingsInput.parse(off)).toEqual(off);
  });

  it.each([[['provider']], [['provider', 'provider', 'gift_card']]])(
    'refuses %j, for each tender stands once',
    (refundTenders) => {
      const { error } = orderSettingsInput.safeParse({ ...off, refundTenders });
      expect(error?.issues).toMatchObject([
        {
          path: ['refundTenders'],
          message: 'names each of provider, store_credit, gift_card once',
        },
      ]);
    },
  );
});
