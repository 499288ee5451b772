import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  type WithdrawalDraft,
  afterWordsIn,
  confirmWithdrawalPage,
  withdrawPage,
  withdrawalReceivedPage,
} from '@renderer/checkout';
import { OrderLookup, Withdrawals } from '@renderer/orders';
import { Secrets } from '@platform/secrets';
import { plainPage } from '../5-send-response/plain-page';
import { type Input, readInput } from '../actions/read-input';
import { mayWrite } from '../actions/same-origin';
import { CheckoutDesk, type StoreSite, type Visit } from '../checkout/desk';
import { OrderKnowledge } from '../checkout/order-knowledge';
import { textOf } from '../checkout/typed';
import type { ShopRequest, ShopResponse } from '../shop-request';
import { type LinkedOrder, draftFaults, readDraft } from './read-draft';

/** Which version of the two pages was shown; a change of what they say makes another one. */
const pageVersion = '2026-11-22';

/** The page by which consumers withdraw from a contract: two steps, no sign-in, no scripts, no word on what is found. */
@Injectable()
export class WithdrawActions {
  constructor(
    @Inject(CheckoutDesk) private readonly desk: CheckoutDesk,
    @Inject(Withdrawals) private readonly withdrawals: Withdrawals,
    @Inject(OrderLookup) private readonly orders: OrderLookup,
    @Inject(OrderKnowledge) private readonly knowledge: OrderKnowledge,
    @Inject(Secrets) private readonly secrets: Secrets,
  ) {}

  /** Answers `/withdraw`. */
  async answer(site: StoreSite, request: ShopRequest): Promise<ShopResponse> {
    const isPost = request.method === 'POST';
    if (!isPost && request.method !== 'GET' && request.method !== 'HEAD')
      return { status: 405, headers: { allow: 'GET, HEAD, POST' }, body: Buffer.alloc(0) };
    if (isPost && !mayWrite(request)) return plainPage('foreign-form', request.id);
    const input = isPost ? await readInput(request) : queryOf(request);
    if (typeof input === 'string') return plainPage('bad-form', request.id);
    const visit = await this.desk.visit(site, request, textOf(input, 'order'));
    if (!visit) return plainPage('nobody', request.id);
    const { order, known } = await this.linked(visit);
    const draft = readDraft(input, order, known, new Date());
    if (!isPost || input['intent'] === 'change')
      return this.desk.page(visit, withdrawPage(draft, {}, visit.setting));
    const faults = draftFaults(draft, afterWordsIn(visit.setting.lang));
    if (Object.keys(faults).length > 0)
      return this.desk.page(visit, withdrawPage(draft, faults, visit.setting), { status: 422 });
    if (input['intent'] !== 'confirm')
      return this.desk.page(visit, confirmWithdrawalPage(draft, visit.setting));
    return this.confirm(visit, draft, order);
  }

  private async confirm(
    visit: Visit,
    draft: WithdrawalDraft,
    order: LinkedOrder | null,
  ): Promise<ShopResponse> {
    const { setting, site, request } = visit;
    if (await this.desk.isTooOften('withdraw', visit)) {
      const body = confirmWithdrawalPage(draft, setting);
      const title = afterWordsIn(setting.lang).tooOften;
      const notices = [{ kind: 'error' as const, title }];
      return this.desk.page(visit, { ...body, notices }, { status: 429 });
    }
    const chosen = draft.order?.lines.filter((line) => line.chosen > 0) ?? [];
    const received = await this.desk.db.write(site.storeId, (store) =>
      this.withdrawals.receive(store, {
        key: draft.key,
        orderId: order?.orderId ?? null,
        name: draft.name,
        reference: draft.reference,
        email: draft.email,
        lines:
          draft.order && !draft.order.whole
            ? chosen.map(({ id, chosen: quantity }) => ({ lineId: id, quantity }))
            : null,
        goods: draft.goods === '' || order ? null : draft.goods,
        locale: setting.lang,
        submittedAt: new Date(draft.submittedAt),
        ipHash: this.ipHash(site.storeId, request.ip),
        pageVersion,
      }),
    );
    const { name, email, statementText: statement } = received;
    const body = withdrawalReceivedPage({ name, email, statement }, setting);
    return this.desk.page(visit, body);
  }

  /** The order whose page leads here, and what need not be typed again where the shopper is known. */
  private async linked(visit: Visit) {
    const nobody = { order: null, known: { name: '', email: '' } };
    const view = visit.token === '' ? null : await this.desk.read(visit);
    const orderId = view?.checkout.orderId;
    if (!view || !orderId) return nobody;
    const { storeId } = visit.site;
    const found = await this.desk.db.read(storeId, (store) => this.orders.find(store, orderId));
    if (!found) return nobody;
    const isKnown = await this.knowledge.isKnown(visit, view);
    const address = view.checkout.billingAddress ?? view.checkout.shippingAddress;
    return {
      order: { orderId, token: visit.token, ...found },
      known: isKnown
        ? { name: address?.name ?? '', email: view.checkout.email ?? '' }
        : nobody.known,
    };
  }

  /** Tells repeated senders apart without keeping where they are. */
  private ipHash(storeId: string, ip: string): string {
    const key = this.secrets.sign(storeId, 'withdrawal-ip');
    return createHmac('sha256', key).update(ip).digest('hex').slice(0, 32);
  }
}

function queryOf({ target }: ShopRequest): Input {
  const order = new URLSearchParams(target.split('?')[1] ?? '').get('order');
  return order !== null && /^[\w-]{20,100}$/.test(order) ? { order } : {};
}
