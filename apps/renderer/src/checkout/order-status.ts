import { Inject, Injectable } from '@nestjs/common';

import { Orders } from '@libs/orders';
import {
  BalanceLinks,
  asOrderStands,
  type CheckoutView,
  type Notice,
  Settling,
  confirmingPage,
  notePage,
  orderPage,
} from '@renderer/checkout';
import { Documents, hasWithdrawal, orderStanding } from '@renderer/orders';
import { redirect } from '../5-send-response/plain-page';
import { jsonAnswer } from '../5-send-response/json-answer';
import type { Input } from '../actions/read-input';
import type { ShopResponse } from '../shop-request';
import { CheckoutDesk, type Visit } from './desk';
import { OrderKnowledge } from './order-knowledge';
import { ReturnForm } from './return-form';
import { textOf } from './typed';

type OrderNow = Awaited<ReturnType<Orders['get']>>;
type OrderFacts = Parameters<typeof orderPage>[1]['order'];

/** What is asked of an order's page; a form when the shopper says who they are. */
interface Asked {
  part: 'page' | 'state' | 'return' | 'document';
  /** Which of the order's documents, where one is asked for. */
  documentId?: string;
  input: Input | null;
}

/** Thank you, and how the order stands; before it exists, that it is being confirmed. */
@Injectable()
export class OrderStatus {
  constructor(
    @Inject(CheckoutDesk) private readonly desk: CheckoutDesk,
    @Inject(Settling) private readonly settling: Settling,
    @Inject(OrderKnowledge) private readonly knowledge: OrderKnowledge,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(BalanceLinks) private readonly links: BalanceLinks,
    @Inject(ReturnForm) private readonly returns: ReturnForm,
    @Inject(Documents) private readonly documents: Documents,
  ) {}

  /** Answers `/orders/<token>`; the token is the checkout's. */
  async answer(visit: Visit, found: CheckoutView | null, asked: Asked): Promise<ShopResponse> {
    if (!found) return this.missing(visit);
    const view = await this.settled(visit, found);
    const { checkout } = view;
    if (asked.part === 'state') {
      const state = checkout.state === 'paying' ? 'waiting' : checkout.state;
      return jsonAnswer(200, { state });
    }
    if (checkout.state === 'paying') {
      const query = new URLSearchParams(visit.request.target.split('?')[1] ?? '');
      const round = Math.max(0, Number(query.get('round')) || 0);
      const body = confirmingPage(view, visit.setting, round);
      return this.desk.page(visit, body, { view });
    }
    if (checkout.state !== 'completed') return redirect(303, `/checkouts/${visit.token}`);
    if (asked.part === 'return') return this.returns.answer(visit, view, asked.input);
    if (asked.part === 'document') return this.document(visit, view, asked.documentId ?? '');
    return this.show(visit, view, asked.input);
  }

  /** Every look at a payment that is under way settles it, if it can be settled. */
  private async settled(visit: Visit, view: CheckoutView): Promise<CheckoutView> {
    if (view.checkout.state !== 'paying') return view;
    await this.settling.settle(visit.site.storeId, view.checkout.checkoutId);
    return (await this.desk.read(visit)) ?? view;
  }

  /** A document of the order, for whoever may see its names; others are asked on the order's page first. */
  private async document(visit: Visit, view: CheckoutView, id: string): Promise<ShopResponse> {
    const { storeId } = visit.site;
    const order = await this.desk.db.read(storeId, (store) =>
      orderStanding(store, view.checkout.orderId ?? ''),
    );
    const isOfOrder = order.documents.some((one) => one.id === id);
    if (!isOfOrder || !(await this.knowledge.isKnown(visit, view)))
      return redirect(303, `/orders/${visit.token}`);
    const { name, bytes } = await this.documents.file(storeId, id);
    return {
      status: 200,
      headers: {
        'content-type': 'application/pdf',
        'content-disposition': `inline; filename="document.pdf"; filename*=UTF-8''${encodeURIComponent(name)}`,
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex',
        'x-content-type-options': 'nosniff',
      },
      body: bytes,
    };
  }

  private async show(visit: Visit, view: CheckoutView, input: Input | null): Promise<ShopResponse> {
    const { words } = visit.setting;
    const { checkout } = view;
    const orderId = checkout.orderId ?? '';
    const { order, now, path } = await this.desk.db.read(visit.site.storeId, async (store) => ({
      order: await orderStanding(store, orderId),
      now: await this.orders.get(store, orderId),
      path: await this.links.openPath(store, orderId),
    }));
    const shown = asOrderStands(view, now);
    const told = {
      name: order.name,
      financial: order.financialStatus,
      fulfilment: order.fulfilmentStatus,
      cancelled: order.state === 'cancelled',
      rest: { owedMinor: now.revision > 0 ? now.owedMinor : 0, path },
      refundedMinor: now.refundedMinor,
      parcels: parcelsOf(now),
      returns: order.returns,
      documents: order.documents,
      returnable: order.returnable,
      withdrawable: hasWithdrawal(
        (checkout.shippingAddress ?? checkout.billingAddress)?.country,
        visit.setting.shop.country,
      ),
    };
    if (input === null) {
      const body = orderPage(
        shown,
        { order: told, known: await this.knowledge.isKnown(visit, view), notices: [] },
        visit.setting,
      );
      return this.desk.page(visit, body, { view });
    }
    const tooOften = await this.desk.isTooOften('details', visit);
    const known = !tooOften && isTheirs(input, checkout.email, order.name);
    const title = tooOften ? words.tooOften : words.wrongDetails;
    const notices: Notice[] = known ? [] : [{ kind: 'error', title }];
    const typed = { email: textOf(input, 'email'), number: textOf(input, 'number') };
    const body = orderPage(shown, { order: told, known, typed, notices }, visit.setting);
    const headers = known ? this.knowledge.remember(visit, checkout.orderId ?? '') : {};
    return this.desk.page(visit, body, { view, status: known ? 200 : 422, headers });
  }

  private missing(visit: Visit): ShopResponse {
    const { words, prefix } = visit.setting;
    const link = { label: words.toShop, href: prefix === '' ? '/' : prefix };
    const body = notePage({ title: words.missing, text: words.missingText, link });
    return this.desk.page(visit, body, { status: 404 });
  }
}

/** The parcels of an order, with what is in each. */
function parcelsOf({ lines, parcels }: OrderNow): OrderFacts['parcels'] {
  return parcels.map(({ carrier, trackingNumber: number, trackingUrl: url, lines: packed }) => {
    const goods = packed.flatMap(({ lineId, quantity: units }) => {
      const title = lines.find(({ id }) => id === lineId)?.title;
      return title === undefined ? [] : [{ title, units }];
    });
    return { carrier, number, url, goods };
  });
}

/** Whether somebody knows the e-mail address and the number of the order. */
function isTheirs(input: Input, email: string | null, name: string): boolean {
  const digits = (text: string): string => text.replace(/\D/g, '');
  const given = textOf(input, 'email').trim().toLowerCase();
  return (
    email !== null &&
    given === email.toLowerCase() &&
    digits(textOf(input, 'number')) === digits(name)
  );
}
