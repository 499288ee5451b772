import { z } from 'zod';
import type { Fact } from '../../facts/fact';
import { leftAddress } from '../left-address';
import {
  type Approval,
  type AskInput,
  type BeginInput,
  type Begun,
  type CaptureInput,
  type ProviderAccount,
  type ProviderClient,
  type ListedPayment,
  ProviderError,
  type ProviderEvent,
  type RefundInput,
  WebhookRefused,
} from '../payment-provider';
import type { PayPalApi } from './paypal-api';
import { eventFacts, paypalEvent } from './paypal-events';
import { approvalOf, namedFor, orderAhead } from './paypal-express';
import { orderFacts, refundFact } from './paypal-facts';
import { listedTransactions, type TransactionInfo, transactionPage } from './paypal-search';
import { paypalMovement, paypalOrder, type PayPalOrder, toPayPalAmount } from './paypal-objects';

const verification = z.object({ verification_status: z.string() });

/** PayPal as one account sees it. */
export class PayPalClient implements ProviderClient {
  constructor(
    private readonly api: PayPalApi,
    private readonly account: ProviderAccount,
  ) {}

  async begin(input: BeginInput): Promise<Begun> {
    const { paymentId, money, capture, returnUrl, key, ref } = input;
    if (ref) return this.beginApproved({ ...input, ref });
    const body = {
      intent: capture === 'later' ? 'AUTHORIZE' : 'CAPTURE',
      purchase_units: [{ custom_id: paymentId, amount: toPayPalAmount(money) }],
      payment_source: {
        paypal: {
          experience_context: {
            return_url: returnUrl,
            cancel_url: leftAddress(returnUrl, 'over'),
            user_action: 'PAY_NOW',
            shipping_preference: 'NO_SHIPPING',
          },
        },
      },
    };
    const path = '/v2/checkout/orders';
    const order = paypalOrder.parse(await this.api.call({ method: 'POST', path, body, key }));
    return {
      ref: order.id,
      next: { kind: 'redirect', url: approveLink(order) },
      facts: orderFacts(order),
    };
  }

  async ask(input: AskInput): Promise<{ ref: string; url: string }> {
    const body = orderAhead(input);
    const path = '/v2/checkout/orders';
    const answer = await this.api.call({ method: 'POST', path, body, key: input.key });
    const order = paypalOrder.parse(answer);
    return { ref: order.id, url: approveLink(order) };
  }

  async answerOf(ref: string): Promise<Approval> {
    return approvalOf(await this.order(ref));
  }

  /** Gives the order that the shopper has agreed to its name and its sum, and takes it. */
  private async beginApproved({
    ref,
    paymentId,
    money,
  }: BeginInput & { ref: string }): Promise<Begun> {
    try {
      const order = await this.order(ref);
      const isOurs = order.purchase_units[0]?.custom_id === paymentId;
      if (order.status === 'APPROVED') {
        const body = namedFor(paymentId, money, order);
        await this.api.call({ method: 'PATCH', path: `/v2/checkout/orders/${ref}`, body });
      } else if (!isOurs) throw new ProviderError('refused', 'approval_over');
    } catch (error) {
      if (!(error instanceof ProviderError) || error.kind !== 'refused') throw error;
      const fact = { ...failed({ id: ref }), reason: error.reason } as Fact;
      throw new ProviderError('refused', error.reason, [fact], { cause: error });
    }
    return { ref, next: { kind: 'none' }, facts: await this.fetch(ref, { mayTake: true }) };
  }

  /** An order that the shopper has approved is taken here, once it has the name of a payment: PayPal waits for us. */
  async fetch(ref: string, { mayTake = false } = {}): Promise<Fact[]> {
    const order = await this.order(ref);
    const isNamed = order.purchase_units[0]?.custom_id !== undefined;
    if (order.status !== 'APPROVED' || !mayTake || !isNamed) return orderFacts(order);
    const verb = order.intent === 'AUTHORIZE' ? 'authorize' : 'capture';
    const path = `/v2/checkout/orders/${ref}/${verb}`;
    try {
      await this.api.call({ method: 'POST', path, key: `take:${ref}` });
    } catch (error) {
      if (!(error instanceof ProviderError) || error.kind !== 'refused') throw error;
      // The shopper's card was declined, or somebody else has taken it: the order says which.
      const declined = { ...(orderFacts(order)[0] ?? failed(order)), status: 'failed' as const };
      const facts = orderFacts(await this.order(ref));
      const isTaken = facts.some(({ objectId }) => objectId !== ref);
      return isTaken ? facts : [{ ...declined, kind: 'auth', reason: error.reason }];
    }
    return orderFacts(await this.order(ref));
  }

  /** By PayPal's search of transactions, which has what moved money; some hours may pass until it knows of it. */
  async list(since: Date): Promise<ListedPayment[]> {
    const movements: TransactionInfo[] = [];
    for (let page = 1, pages = 1; page <= pages; page += 1) {
      const query = new URLSearchParams({
        start_date: since.toISOString(),
        end_date: new Date().toISOString(),
        fields: 'transaction_info',
        page_size: '500',
        page: String(page),
      });
      const path = `/v1/reporting/transactions?${query.toString()}`;
      const found = transactionPage.parse(await this.api.call({ method: 'GET', path }));
      pages = found.total_pages;
      movements.push(...found.transaction_details.map((each) => each.transaction_info));
    }
    return listedTransactions(movements);
  }

  async capture({ ref, authId, money, final, key }: CaptureInput): Promise<Fact[]> {
    if (authId === null) throw new ProviderError('refused', 'nothing_authorized');
    const body = { amount: toPayPalAmount(money), invoice_id: key, final_capture: final };
    const path = `/v2/payments/authorizations/${authId}/capture`;
    await this.api.call({ method: 'POST', path, body, key });
    return this.fetch(ref);
  }

  /** What was authorized is voided. An order that nobody has approved cannot be: it is not taken when somebody does. */
  async cancel({ ref, key }: { ref: string; key: string }): Promise<Fact[]> {
    const before = await this.order(ref);
    const open = before.purchase_units
      .flatMap(({ payments }) => payments?.authorizations ?? [])
      .filter(({ status }) => ['CREATED', 'PARTIALLY_CAPTURED', 'PENDING'].includes(status));
    for (const { id } of open) {
      const path = `/v2/payments/authorizations/${id}/void`;
      await this.api.call({ method: 'POST', path, key: `${key}:${id}` });
    }
    const facts = orderFacts(await this.order(ref));
    const isEmpty = facts.every(({ objectId }) => objectId === ref);
    return isEmpty ? [{ ...failed(before), status: 'voided' } as Fact] : facts;
  }

  async refund({ captureId, money, key }: RefundInput): Promise<Fact[]> {
    const body = { amount: toPayPalAmount(money), invoice_id: key };
    const path = `/v2/payments/captures/${captureId}/refund`;
    const refund = paypalMovement.parse(await this.api.call({ method: 'POST', path, body, key }));
    return [{ ...refundFact(refund, captureId), operationKey: key }];
  }

  /** PayPal says itself whether it sent this: only there is the certificate looked at. */
  async verifyWebhook(
    rawBody: Buffer,
    headers: Readonly<Record<string, string | undefined>>,
  ): Promise<ProviderEvent> {
    const said = paypalEvent.safeParse(parsed(rawBody));
    if (!said.success) throw new WebhookRefused('form');
    const certificate = headers['paypal-cert-url'] ?? '';
    if (!isPayPals(certificate)) throw new WebhookRefused('signature');
    const signed = {
      auth_algo: headers['paypal-auth-algo'],
      cert_url: certificate,
      transmission_id: headers['paypal-transmission-id'],
      transmission_sig: headers['paypal-transmission-sig'],
      transmission_time: headers['paypal-transmission-time'],
      webhook_id: this.account.publicKeys.webhookId,
      webhook_event: said.data.raw,
    };
    const path = '/v1/notifications/verify-webhook-signature';
    const answer = await this.api.call({ method: 'POST', path, body: signed });
    if (verification.parse(answer).verification_status !== 'SUCCESS') {
      throw new WebhookRefused('signature');
    }
    return eventFacts(said.data);
  }

  private async order(ref: string): Promise<PayPalOrder> {
    return paypalOrder.parse(
      await this.api.call({ method: 'GET', path: `/v2/checkout/orders/${ref}` }),
    );
  }
}

/** Where the shopper agrees to an order. */
function approveLink({ links }: PayPalOrder): string {
  const approve = links.find(({ rel }) => rel === 'payer-action' || rel === 'approve');
  if (!approve) throw new ProviderError('refused', 'no_approval_link');
  return approve.href;
}

/** The order's own row: it stands for the shopper's approval, not for money. */
function failed({ id, create_time }: Pick<PayPalOrder, 'id' | 'create_time'>): Fact {
  const at = create_time ?? new Date(0).toISOString();
  return {
    kind: 'auth',
    objectId: id,
    status: 'failed',
    money: { amountMinor: 0, currency: 'XXX' },
    at,
  };
}

function parsed(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    return null;
  }
}

function isPayPals(url: string): boolean {
  return URL.canParse(url) && /^https:\/\/[\w.-]+\.paypal\.com\//.test(url);
}
