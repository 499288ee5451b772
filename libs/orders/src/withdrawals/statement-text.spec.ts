import { statementText } from './statement-text';

const parts = {
  store: { name: 'Kiln', email: 'shop@example.test' },
  name: 'Ada Lovelace',
  reference: '#1006',
  email: 'ada@example.test',
  goods: ['1 × Dome lamp, 32 cm'],
  declaredAt: new Date('2026-11-22T19:53:29.963Z'),
  timeZone: 'UTC',
};

describe('the text of a statement of withdrawal', () => {
  it('keeps numbers, goods and times together in Arabic, where they would turn round', () => {
    const text = statementText(parts, 'ar');
    for (const value of ['#1006', '1 × Dome lamp, 32 cm', '2026-11-22T19:53:29.963Z'])
      expect(text).toContain(`\u2068${value}\u2069`);
    expect(text.split('\n')).toHaveLength(8);
  });

  it.each(['en', 'de', 'zh-CN'])('is plain in %s', (locale) => {
    const text = statementText(parts, locale);
    expect(text).not.toMatch(/[\u2066-\u2069]/);
    expect(text).toContain('– 1 × Dome lamp, 32 cm');
    expect(text).toMatch(/ \(2026-11-22T19:53:29\.963Z\)$/);
  });
});
