import { type PageSetting, type PayOutcome, wordsIn } from '@renderer/checkout';
import { payNotices } from './pay-notices';

type OutOfStock = Extract<PayOutcome, { kind: 'out-of-stock' }>;

const setting = { ...wordsIn('en'), prefix: '/de' } as unknown as PageSetting;
const told = (short: OutOfStock['short']) => {
  const lines = [
    { id: 'cup', title: 'Cup' },
    { id: 'bowl', title: 'Bowl' },
  ];
  const checkout = { lines } as unknown as OutOfStock['checkout'];
  const [notice] = payNotices({ kind: 'out-of-stock', short, checkout }, setting);
  return [notice?.title, ...(notice?.items ?? []).map(({ text }) => text)];
};
const line = (lineId: string, available: number, elsewhere: boolean) => ({
  lineId,
  wanted: 2,
  available,
  elsewhere,
});

describe('what a shopper is told of lines that are short', () => {
  it('tells what is sold out from what is only not sent to the address', () => {
    expect(told([line('cup', 0, false), line('bowl', 1, true)])).toEqual([
      'Some of your items are sold out.',
      'Cup is sold out.',
      'Bowl: 1 of 2 can be sent to this address.',
    ]);
    expect(told([line('cup', 0, true)])).toEqual([
      'Some of your items cannot be sent to this address.',
      'Cup cannot be sent to this address.',
    ]);
  });
});
