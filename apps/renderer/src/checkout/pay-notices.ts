import { type Notice, type PageSetting, type PayOutcome, moneyText, say } from '@renderer/checkout';

/** Attempts that begun nothing and have something to tell. */
type Refused = Extract<
  PayOutcome,
  { kind: 'price-changed' | 'discount-gone' | 'out-of-stock' | 'method-gone' }
>;

/**
 * That the way to pay costs something, or no longer does: told before anything is paid.
 * @param before and after are totals, minor units
 */
export function feeNotices(
  { currency, before, after }: { currency: string; before: number; after: number },
  { words, lang }: PageSetting,
): Notice[] {
  const money = (minor: number): string => moneyText(minor, currency, lang);
  const text = say(words.totalFrom, { before: money(before), after: money(after) });
  return [{ kind: 'info', title: words.methodTotal, items: [{ text }] }];
}

/** What a shopper is told of an attempt that began nothing. */
export function payNotices(outcome: Refused, setting: PageSetting): Notice[] {
  const { words, lang, prefix } = setting;
  const { checkout } = outcome;
  const titleOf = (id: string): string =>
    checkout.lines.find((line) => line.id === id)?.title ?? '';
  if (outcome.kind === 'method-gone') return [{ kind: 'error', title: words.methodGone }];
  if (outcome.kind === 'out-of-stock') {
    const items = outcome.short.map(({ lineId, wanted, available, elsewhere }) => {
      const [gone, fewer] = elsewhere
        ? [words.goneThere, words.shortThere]
        : [words.goneLine, words.shortLine];
      const text = say(available === 0 ? gone : fewer, {
        title: titleOf(lineId),
        wanted,
        available,
      });
      return { text };
    });
    const action = { label: words.adjustCart, href: `${prefix}/cart` };
    const isFar = outcome.short.every(({ elsewhere }) => elsewhere);
    return [{ kind: 'error', title: isFar ? words.notSent : words.outOfStock, items, action }];
  }
  const { change } = outcome;
  const money = (minor: number): string => moneyText(minor, checkout.currency, lang);
  const lines = change.lines.map(({ id, beforeMinor, afterMinor }) => ({
    text: say(words.priceFrom, {
      title: titleOf(id),
      before: money(beforeMinor),
      after: money(afterMinor),
    }),
  }));
  if (change.due !== null && change.total.beforeMinor === change.total.afterMinor) {
    const { beforeMinor: before, afterMinor: after } = change.due;
    const due = { text: say(words.dueFrom, { before: money(before), after: money(after) }) };
    return [{ kind: 'error', title: words.balanceChanged, items: [due] }];
  }
  const { beforeMinor, afterMinor } = change.total;
  const total = {
    text: say(words.totalFrom, { before: money(beforeMinor), after: money(afterMinor) }),
  };
  // What is shown may be older than what is kept, which has not changed by this attempt.
  const items = beforeMinor === afterMinor ? lines : [...lines, total];
  const title = outcome.kind === 'price-changed' ? words.priceChanged : words.discountGone;
  return [{ kind: 'error', title, items }];
}
