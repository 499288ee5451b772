import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@libs/kernel';
import { Orders } from '@libs/orders';
import {
  type CheckoutView,
  type ExchangePreview,
  Exchanges,
  type Notice,
  type ReturnDraft,
  type ShownExchange,
  afterWordsIn,
  exchangePage,
  returnPage,
} from '@renderer/checkout';
import { OrderLookup } from '@renderer/orders';
import { redirect } from '../5-send-response/plain-page';
import type { Input } from '../actions/read-input';
import type { ShopResponse } from '../shop-request';
import { CheckoutDesk, type Visit } from './desk';
import { OrderKnowledge } from './order-knowledge';
import { draftOf, refusedDraft, wishedLines, withFaults } from './return-draft';
import { textOf } from './typed';

/** A form that came in about an order. */
interface Sent {
  orderId: string;
  draft: ReturnDraft;
  input: Input;
}

/** What a shopper asks to send back or to exchange, from the page of their order. */
@Injectable()
export class ReturnForm {
  constructor(
    @Inject(CheckoutDesk) private readonly desk: CheckoutDesk,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(Exchanges) private readonly exchanges: Exchanges,
    @Inject(OrderLookup) private readonly lookup: OrderLookup,
    @Inject(OrderKnowledge) private readonly knowledge: OrderKnowledge,
  ) {}

  /** Answers `/orders/<token>/return`; who is not known is asked on the order's page first. */
  async answer(visit: Visit, view: CheckoutView, input: Input | null): Promise<ShopResponse> {
    const { orderId } = view.checkout;
    const order = `/orders/${visit.token}`;
    if (orderId === null || !(await this.knowledge.isKnown(visit, view)))
      return redirect(303, order);
    const draft = await this.draft(visit, orderId, input ?? {});
    if (input === null || textOf(input, 'intent') === 'change') return this.page(visit, draft, []);
    const words = afterWordsIn(visit.setting.lang);
    if (await this.desk.isTooOften('returns', visit))
      return this.refuse(visit, draft, words.tooOften);
    if (await this.isMade(visit, orderId, draft.key)) return redirect(303, order);
    const checked = withFaults(draft, visit.setting);
    if (checked.lines.some(({ fault }) => fault !== undefined))
      return this.refuse(visit, checked, words.fixErrors);
    if (wishedLines(draft).length === 0) return this.refuse(visit, draft, words.chooseGoods);
    return this.guarded(visit, { orderId, draft, input });
  }

  /** A wish without an exchange is made at once, one with it when its sums were seen. */
  private async guarded(visit: Visit, sent: Sent): Promise<ShopResponse> {
    const { orderId, draft, input } = sent;
    const words = afterWordsIn(visit.setting.lang);
    const isExchange = wishedLines(draft).some(({ replacement }) => replacement);
    const isConfirmed = textOf(input, 'intent') === 'confirm';
    try {
      if (!isExchange || isConfirmed) {
        const changed = await this.make(visit, sent, isExchange);
        if (changed === null) return redirect(303, `/orders/${visit.token}`);
        return this.review(visit, draft, changed, [{ kind: 'error', title: words.sumsChanged }]);
      }
      const told = await this.desk.db.read(visit.site.storeId, (store) =>
        this.exchanges.preview(store, orderId, { lines: wishedLines(draft), by: 'customer' }),
      );
      return this.review(visit, draft, told, []);
    } catch (error) {
      const refused = refusedDraft(draft, error, visit.setting);
      if (refused) return this.refuse(visit, refused, words.fixErrors);
      if (!(error instanceof AppError) || error.code !== 'orders.too-many-units') throw error;
      if (await this.isMade(visit, orderId, draft.key))
        return redirect(303, `/orders/${visit.token}`);
      return this.refuse(visit, await this.draft(visit, orderId, {}), words.taken);
    }
  }

  /** Asks for the return, unless an exchange comes to something else than was seen: then that is answered. */
  private make(
    visit: Visit,
    { orderId, draft, input }: Sent,
    isExchange: boolean,
  ): Promise<ExchangePreview | null> {
    const lines = wishedLines(draft);
    const { key, note } = draft;
    return this.desk.db.write(visit.site.storeId, async (store) => {
      if (isExchange) {
        const told = await this.exchanges.preview(store, orderId, { lines, by: 'customer' });
        if (String(told.sums.differenceMinor) !== textOf(input, 'seen')) return told;
      }
      const wish = { key, by: 'customer', note: note || null, lines } as const;
      await this.orders.requestReturn(store, orderId, wish);
      return null;
    });
  }

  private draft(visit: Visit, orderId: string, input: Input): Promise<ReturnDraft> {
    return this.desk.db.read(visit.site.storeId, async (store) => {
      const lines = await this.lookup.returnable(store, orderId);
      const offers = await this.exchanges.offers(store, orderId);
      return draftOf(visit.token, { lines, offers }, input);
    });
  }

  /** Whether this very form was taken before: a second click finds nothing left to choose. */
  private isMade(visit: Visit, orderId: string, key: string): Promise<boolean> {
    return this.desk.db.read(visit.site.storeId, (store) =>
      this.lookup.hasReturn(store, orderId, key),
    );
  }

  private review(
    visit: Visit,
    draft: ReturnDraft,
    told: ExchangePreview,
    notices: Notice[],
  ): ShopResponse {
    const shown = shownExchange(draft, told);
    const status = notices.length === 0 ? 200 : 422;
    return this.desk.page(visit, exchangePage(draft, { shown, notices }, visit.setting), {
      status,
    });
  }

  private refuse(visit: Visit, draft: ReturnDraft, title: string): ShopResponse {
    const items = draft.lines.flatMap(({ id, fault: text, offers }) => {
      const field = offers.length > 0 ? 'instead' : 'units';
      return text === undefined ? [] : [{ text, href: `#${field}-${id}` }];
    });
    return this.page(visit, draft, [{ kind: 'error', title, items }]);
  }

  private page(visit: Visit, draft: ReturnDraft, notices: Notice[]): ShopResponse {
    const status = notices.length === 0 ? 200 : 422;
    return this.desk.page(visit, returnPage(draft, notices, visit.setting), { status });
  }
}

function shownExchange(
  { lines }: ReturnDraft,
  { currency, sums, lines: agreed }: ExchangePreview,
): ShownExchange {
  const titles = new Map(lines.map(({ id, title }) => [id, title]));
  const { creditMinor, addedMinor, differenceMinor, refundMinor } = sums;
  return {
    currency,
    creditMinor,
    addedMinor,
    differenceMinor,
    refundMinor,
    lines: agreed.map(({ lineId, quantity, replacement }) => ({
      title: titles.get(lineId) ?? '',
      quantity,
      instead: replacement?.title ?? null,
    })),
  };
}
