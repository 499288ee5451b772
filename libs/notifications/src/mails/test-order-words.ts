const words: Record<string, string> = {
  en: 'This is a test order: no money moved, and nothing will be delivered.',
  de: 'Dies ist eine Testbestellung: Es floss kein Geld, und es wird nichts geliefert.',
  zh: '这是一笔测试订单：没有实际付款，也不会发货。',
  ar: 'هذا طلب تجريبي: لم يُدفع أي مبلغ ولن يُسلَّم شيء.',
};

/** What every mail about an order of a test payment says first, in the shopper's language, else in English. */
export function testOrderWords(locale: string): string {
  return words[locale.split('-')[0] ?? 'en'] ?? words['en']!;
}
