import { decimalOfRate } from '@libs/kernel';
import { exchangeView } from '../refunds/refund-exchange';
import type { RefundView } from '../refunds/refund-rows.queries';
import type { OrderRow } from './order-rows.queries';
import type { OrderView } from './order-view';
import type { RefundPlan } from '../refunds/plan-refund';

/** An order in a list, as the API answers it. */
export function orderSummaryView(order: OrderRow) {
  return {
    id: order.orderId,
    number: order.number,
    name: order.name,
    test: order.test,
    state: order.state,
    financialStatus: order.financialStatus,
    fulfilmentStatus: order.fulfilmentStatus,
    returnStatus: order.returnStatus,
    onHold: order.onHold,
    captureFailed: order.captureFailed,
    email: order.email,
    phone: order.phone,
    customerId: order.customerId,
    tags: order.tags,
    risk: order.risk,
    currency: order.currency,
    totalMinor: order.totalMinor,
    dueMinor: order.dueMinor,
    capturedMinor: order.capturedMinor,
    refundedMinor: order.refundedMinor,
    placedAt: order.placedAt,
    updatedAt: order.updatedAt,
    version: order.version,
  };
}

/** An order with everything that happened to it, as the API answers it. */
export function orderDetailView(order: OrderView) {
  return {
    ...orderSummaryView(order),
    locale: order.locale,
    source: order.source,
    shippingAddress: order.shippingAddress,
    billingAddress: order.billingAddress,
    note: order.note,
    attributes: order.attributes,
    subtotalMinor: order.subtotalMinor,
    discountMinor: order.discountMinor,
    shippingMinor: order.shippingMinor,
    feesMinor: order.feesMinor,
    taxMinor: order.taxMinor,
    taxIncluded: order.taxIncluded,
    base: baseView(order),
    authorizedMinor: order.authorizedMinor,
    cancelReason: order.cancelReason,
    cancelledAt: order.cancelledAt,
    reasons: order.reasons,
    lines: order.lines.map(lineView),
    charges: order.charges.map(({ refundedTaxMinor: _, ...charge }) => charge),
    taxLines: order.taxLines,
    discounts: order.discounts,
    parcels: order.parcels,
    refunds: order.refunds.map(refundView),
    returns: order.returns,
    payments: order.payments,
    tenders: order.tenders,
    timeline: order.timeline,
    owedMinor: order.owedMinor,
    overMinor: order.overMinor,
    revision: order.revision,
  };
}

/** What is booked in the store's own currency, and how that was made of what was paid. */
function baseView({ base }: Pick<OrderRow, 'base'>) {
  const { currency, totalMinor, taxMinor, rate1e10 } = base;
  return {
    currency,
    totalMinor,
    taxMinor,
    rate: rate1e10 === null ? null : decimalOfRate(rate1e10),
    markupPpm: base.markupPpm ?? null,
    source: base.source ?? null,
    at: base.at ?? null,
    marketId: base.market ?? null,
  };
}

/** A refund as the API answers it. */
export function refundView({ exchange, ...refund }: RefundView) {
  return { ...refund, exchange: exchange && exchangeView(exchange) };
}

/** A refund that is proposed, as the API answers it. */
export function proposalView({ proposal, parts, lines }: RefundPlan, currency: string) {
  const unshipped = new Map(lines.map((line) => [line.lineId, line.unshipped]));
  return {
    totalMinor: proposal.totalMinor,
    taxMinor: proposal.taxMinor,
    currency,
    lines: proposal.lines.map(({ id, units, amountMinor, taxMinor }) => ({
      lineId: id,
      quantity: units,
      amountMinor,
      taxMinor,
      unshipped: unshipped.get(id) ?? 0,
    })),
    charges: proposal.charges.map(({ id, amountMinor, taxMinor }) => ({
      chargeId: id,
      amountMinor,
      taxMinor,
    })),
    tenders: parts,
  };
}

function lineView(line: OrderView['lines'][number]) {
  const { position: _, taxable: __, giftCard: ___, grams: ____, ...rest } = line;
  const { refundedUnshipped: _____, refundedTaxMinor: ______, ...shown } = rest;
  return shown;
}
