/** Where money of a refund goes: the way it came, to a gift card, or to store credit. */
export type RefundWay = 'provider' | 'gift_card' | 'store_credit';

const ways: Record<string, Record<RefundWay, string>> = {
  en: {
    provider: '{amount} the way you paid',
    gift_card: '{amount} on your gift card',
    store_credit: '{amount} as store credit',
  },
  de: {
    provider: '{amount} über Ihre Zahlungsart',
    gift_card: '{amount} auf Ihren Gutschein',
    store_credit: '{amount} als Guthaben',
  },
  zh: {
    provider: '{amount}，退回原支付方式',
    gift_card: '{amount}，退回您的礼品卡',
    store_credit: '{amount}，存入商店余额',
  },
  ar: {
    provider: '{amount} بالطريقة التي دفعت بها',
    gift_card: '{amount} إلى بطاقة الهدية',
    store_credit: '{amount} رصيدًا في المتجر',
  },
};

/** A part of a refund in the shopper's language. */
export function refundWayText(way: RefundWay, amount: string, locale: string): string {
  const words = ways[locale.split('-')[0] ?? 'en'] ?? ways.en!;
  return words[way].replace('{amount}', () => amount);
}
