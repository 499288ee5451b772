import * as fc from 'fast-check';
import {
  type GiftDays,
  readGiftWish,
  recipientOfLine,
  settledProperties,
  withoutRecipient,
} from './gift-wish';

const days: GiftDays = { first: '2026-12-01', last: '2027-03-01' };
const flag = '__shopify_send_gift_card_to_recipient';

const typed = (more: Record<string, string>, ticked = 'on'): [string, string][] => [
  [flag, ticked],
  ...Object.entries(more),
];

describe('whom a gift card is for', () => {
  it('is read of the properties that Shopify’s forms send, and of ours', () => {
    const fields = {
      'Recipient email': ' grace@example.com ',
      'Recipient name': 'Grace',
      Message: 'Hello',
      'Send on': '2026-12-24',
      __shopify_offset: '-60',
    };
    const recipient = {
      email: 'grace@example.com',
      name: 'Grace',
      message: 'Hello',
      sendOn: '2026-12-24',
    };
    expect(readGiftWish(typed(fields), days)).toEqual({ recipient });
    const own: [string, string][] = Object.entries({
      ...fields,
      __send_gift_card_to_recipient: '1',
    });
    expect(readGiftWish(own, days)).toEqual({ recipient });
  });

  it('is nobody where nothing was asked for, or a form that works without scripts was left blank', () => {
    const blank = { 'Recipient email': ' ', 'Recipient name': '', Message: '', 'Send on': '' };
    expect(readGiftWish([['Recipient email', 'x']], days)).toEqual({ recipient: null });
    expect(readGiftWish(typed({ 'Recipient email': 'x' }, ''), days)).toEqual({ recipient: null });
    expect(readGiftWish(typed(blank, 'if_present'), days)).toEqual({ recipient: null });
    expect(settledProperties([['Wrap', 'red'], ...typed(blank, 'if_present')], null)).toEqual([
      ['Wrap', 'red'],
    ]);
  });

  it.each([
    [{}, [{ field: 'email', reason: 'missing' }]],
    [{ 'Recipient email': 'grace' }, [{ field: 'email', reason: 'invalid' }]],
    [
      { 'Recipient email': 'g@example.com', 'Recipient name': 'x'.repeat(256) },
      [{ field: 'name', reason: 'too-long', most: 255 }],
    ],
    [
      { Message: '好'.repeat(201) },
      [
        { field: 'email', reason: 'missing' },
        { field: 'message', reason: 'too-long', most: 200 },
      ],
    ],
    [
      { 'Recipient email': 'g@example.com', 'Send on': '2026-11-30' },
      [{ field: 'send_on', reason: 'day', ...days }],
    ],
    [
      { 'Recipient email': 'g@example.com', 'Send on': '2027-03-02' },
      [{ field: 'send_on', reason: 'day', ...days }],
    ],
    [
      { 'Recipient email': 'g@example.com', 'Send on': '2027-02-30' },
      [{ field: 'send_on', reason: 'invalid' }],
    ],
    [
      { 'Recipient email': 'g@example.com', 'Send on': '24.12.2026' },
      [{ field: 'send_on', reason: 'invalid' }],
    ],
  ])('%j is refused field by field', (fields, faults) => {
    expect(readGiftWish(typed(fields), days)).toEqual({ faults });
  });

  it('asks for an address too where only a message was written', () => {
    expect(readGiftWish(typed({ Message: 'Hello' }, 'if_present'), days)).toEqual({
      faults: [{ field: 'email', reason: 'missing' }],
    });
  });

  it('is the same after it was kept, in whatever order it came, and goes without a trace', () => {
    const text = (most: number) => fc.string({ maxLength: most, unit: 'binary' });
    const wish = fc.record({
      'Recipient email': fc.constantFrom('g@example.com', 'ada@example.org'),
      'Recipient name': text(40),
      Message: text(60),
      'Send on': fc.constantFrom('', '2026-12-01', '2027-03-01'),
    });
    const others = fc.constantFrom<[string, string][]>([], [['Wrap', 'red']]);
    const run = fc.property(wish, others, fc.nat(), (fields, more, turn) => {
      const properties = [...more, ...typed(fields)];
      const at = turn % properties.length;
      const turned = [...properties.slice(at), ...properties.slice(0, at)];
      const read = readGiftWish(properties, days);
      if ('faults' in read) throw new Error('a wish without faults');
      const kept = settledProperties(turned, read.recipient);
      expect(recipientOfLine({ giftCard: true, properties: kept })).toEqual(read.recipient);
      expect(settledProperties(kept, read.recipient)).toEqual(kept);
      expect(withoutRecipient(kept)).toEqual(more);
      expect(recipientOfLine({ giftCard: false, properties: kept })).toBeNull();
    });
    fc.assert(run, { numRuns: 200 });
  });
});
