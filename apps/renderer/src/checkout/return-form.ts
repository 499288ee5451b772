import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@libs/kernel';
import { Orders } from '@libs/orders';
import {
  type CheckoutView,
  type Notice,
  type ReturnDraft,
  afterWordsIn,
  returnPage,
  returnReasons,
} from '@renderer/checkout';
import { OrderLookup } from '@renderer/orders';
import { redirect } from '../5-send-response/plain-page';
import type { Input } from '../actions/read-input';
import type { ShopResponse } from '../shop-request';
import { CheckoutDesk, type Visit } from './desk';
import { OrderKnowledge } from './order-knowledge';
import { textOf } from './typed';

/** What a shopper asks to send back, from the page of their order. */
@Injectable()
export class ReturnForm {
  constructor(
    @Inject(CheckoutDesk) private readonly desk: CheckoutDesk,
    @Inject(Orders) private readonly orders: Orders,
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
    if (input === null) return this.page(visit, draft, []);
    const words = afterWordsIn(visit.setting.lang);
    if (await this.desk.isTooOften('returns', visit))
      return this.refuse(visit, draft, words.tooOften);
    const lines = draft.lines
      .filter(({ chosen }) => chosen > 0)
      .map(({ id, chosen }) => ({ lineId: id, quantity: chosen, reason: draft.reason }));
    if (lines.length === 0 && !(await this.isMade(visit, orderId, draft.key)))
      return this.refuse(visit, draft, words.chooseGoods);
    const wish = { key: draft.key, by: 'customer', note: draft.note || null, lines } as const;
    try {
      await this.desk.db.write(visit.site.storeId, (store) =>
        this.orders.requestReturn(store, orderId, wish),
      );
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'orders.too-many-units') throw error;
      return this.refuse(visit, await this.draft(visit, orderId, {}), words.taken);
    }
    return redirect(303, order);
  }

  private async draft(visit: Visit, orderId: string, input: Input): Promise<ReturnDraft> {
    const lines = await this.desk.db.read(visit.site.storeId, (store) =>
      this.lookup.returnable(store, orderId),
    );
    const key = textOf(input, 'key');
    const reason = textOf(input, 'reason');
    const isReason = (returnReasons as readonly string[]).includes(reason);
    return {
      token: visit.token,
      key: /^[\w-]{16,64}$/.test(key) ? key : randomBytes(18).toString('base64url'),
      reason: isReason ? reason : 'mind',
      note: textOf(input, 'note').trim(),
      lines: lines.map((line) => ({ ...line, chosen: unitsOf(input, line) })),
    };
  }

  /** Whether this very form was taken before: a second click finds nothing left to choose. */
  private isMade(visit: Visit, orderId: string, key: string): Promise<boolean> {
    return this.desk.db.read(visit.site.storeId, (store) =>
      this.lookup.hasReturn(store, orderId, key),
    );
  }

  private refuse(visit: Visit, draft: ReturnDraft, title: string): ShopResponse {
    return this.page(visit, draft, [{ kind: 'error', title }]);
  }

  private page(visit: Visit, draft: ReturnDraft, notices: Notice[]): ShopResponse {
    const status = notices.length === 0 ? 200 : 422;
    return this.desk.page(visit, returnPage(draft, notices, visit.setting), { status });
  }
}

/** How many units of a line a form chooses, no more than there are. */
export function unitsOf(input: Input, { id, quantity }: { id: string; quantity: number }): number {
  const units = input['units'];
  const text = typeof units === 'object' && units !== null ? (units as Input)[id] : undefined;
  const count = Number(typeof text === 'string' ? text : 0);
  return Number.isInteger(count) ? Math.min(Math.max(count, 0), quantity) : 0;
}
