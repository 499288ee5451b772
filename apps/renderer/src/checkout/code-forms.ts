import { Inject, Injectable } from '@nestjs/common';
import {
  type CheckoutChange,
  type CheckoutView,
  CheckoutTenders,
  type Notice,
  type UpdateOutcome,
  mostCards,
  say,
} from '@renderer/checkout';
import type { Input } from '../actions/read-input';
import type { ShopResponse } from '../shop-request';
import { CheckoutDesk, type Visit } from './desk';
import { StepForms } from './step-forms';
import { textOf } from './typed';

type Done = Extract<UpdateOutcome, { kind: 'done' }>;

/** What became of a form beside the pages; what is to be told of it belongs on the page where the shopper was. */
export type CodeOutcome = { view: CheckoutView; notices: Notice[] } | ShopResponse;

/** The forms of the summary: discount codes, gift cards and the customer's credit. */
@Injectable()
export class CodeForms {
  constructor(
    @Inject(CheckoutDesk) private readonly desk: CheckoutDesk,
    @Inject(StepForms) private readonly steps: StepForms,
    @Inject(CheckoutTenders) private readonly tenders: CheckoutTenders,
  ) {}

  /**
   * Adds or removes a discount code or a gift card, or says whether credit is to be used. What was chosen on the page
   * and sent along is kept first.
   */
  async take(visit: Visit, view: CheckoutView, input: Input): Promise<CodeOutcome> {
    const choice = choiceOf(view, input);
    if (choice === null) return this.takeEntry(visit, view, input);
    const kept = await this.save(visit, view, choice);
    return 'status' in kept ? kept : this.takeEntry(visit, kept.view, input);
  }

  private async takeEntry(visit: Visit, view: CheckoutView, input: Input): Promise<CodeOutcome> {
    const { codes, giftCards } = view.checkout;
    const [removed, card, credit] = ['remove', 'remove_card', 'credit'].map((name) =>
      textOf(input, name),
    );
    if (removed) return this.save(visit, view, { codes: codes.filter((one) => one !== removed) });
    if (card) {
      const kept = giftCards.filter(({ accountId }) => accountId !== card);
      return this.save(visit, view, { giftCards: kept });
    }
    // Only whoever is signed in as the customer is shown their credit.
    if (credit)
      return this.save(visit, view, { useCredit: credit === '1' && view.credit !== null });
    const code = textOf(input, 'code').trim().toUpperCase();
    if (code === '') return { view, notices: [] };
    if (await this.desk.isTooOften('codes', visit))
      return { view, notices: [error(visit.setting.words.tooOften)] };
    return (await this.addCard(visit, view, code)) ?? this.addCode(visit, view, code);
  }

  /** Null when it is no gift card's code. */
  private async addCard(
    visit: Visit,
    view: CheckoutView,
    code: string,
  ): Promise<CodeOutcome | null> {
    const { words } = visit.setting;
    const { giftCards, currency } = view.checkout;
    const found = await this.desk.db.read(visit.site.storeId, (store) =>
      this.tenders.findCard(store, code, currency),
    );
    if (!found) return null;
    const { kind, card } = found;
    const tell = (sentence: string): CodeOutcome => {
      const values = { last: card.lastCharacters, currency: found.currency, count: mostCards };
      return { view, notices: [error(say(sentence, values))] };
    };
    if (kind === 'other-currency') return tell(words.cardCurrency);
    if (giftCards.some(({ accountId }) => accountId === card.accountId))
      return { view, notices: [] };
    if (kind === 'empty') return tell(words.cardEmpty);
    if (giftCards.length >= mostCards) return tell(words.cardsMany);
    return this.save(visit, view, { giftCards: [...giftCards, card] });
  }

  private addCode(visit: Visit, view: CheckoutView, code: string): Promise<CodeOutcome> {
    return this.save(visit, view, { codes: [...view.checkout.codes, code] }, code);
  }

  private async save(
    visit: Visit,
    { checkout }: CheckoutView,
    change: CheckoutChange,
    code: string | null = null,
  ): Promise<CodeOutcome> {
    const input: Input = { version: String(checkout.version) };
    const saved = await this.steps.save(visit, change, input);
    if (saved.kind !== 'done') return this.steps.notSaved(visit, saved);
    const notices = code === null ? [] : codeNotices(saved, code, visit);
    return { view: await this.desk.view(visit, saved.checkout), notices };
  }
}

/** Another delivery or way to pay than the one that is known; null where none was chosen. */
function choiceOf({ checkout, methods }: CheckoutView, input: Input): CheckoutChange | null {
  const deliveryRateId = textOf(input, 'delivery');
  if (deliveryRateId !== checkout.deliveryRateId)
    if (checkout.deliveryOptions.some(({ rateId }) => rateId === deliveryRateId))
      return { deliveryRateId };
  const paymentAccountId = textOf(input, 'payment');
  if (paymentAccountId === checkout.paymentMethod?.accountId) return null;
  const offered = methods.some(({ accountId }) => accountId === paymentAccountId);
  return offered ? { paymentAccountId } : null;
}

function error(title: string): Notice {
  return { kind: 'error', title };
}

/** Why a code that was entered takes nothing off; nothing when it does. */
function codeNotices(saved: Done, code: string, { setting }: Visit): Notice[] {
  const { words } = setting;
  const tell = (sentence: string): Notice[] => [error(say(sentence, { code }))];
  if (saved.unknownCodes.some((one) => one.toUpperCase() === code)) return tell(words.codeUnknown);
  const { quote } = saved.checkout;
  if (quote?.discounts.some((discount) => discount.code?.toUpperCase() === code)) return [];
  const refused = quote?.rejected.find((one) => one.code?.toUpperCase() === code);
  const key = `rejected.${refused?.reason ?? ''}` as keyof typeof words;
  return tell(words[key] ?? words.codeNotNow);
}
