import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { Documents } from '../documents/documents.service';
import {
  DocumentIssued,
  OrderCancelled,
  OrderEdited,
  OrderPaid,
  OrderPlaced,
  ParcelShipped,
  RefundArrived,
  ReturnChanged,
} from '../orders.events';

/** Issues the invoice of an order that was paid by the time it was placed, as stored value does. */
@Injectable()
@HandlesEvent(OrderPlaced)
export class InvoicePlacedOrder implements EventHandler<typeof OrderPlaced> {
  constructor(@Inject(Documents) private readonly documents: Documents) {}

  async handle({ orderId }: z.output<typeof OrderPlaced.payload>, { storeId }: JobContext) {
    if (storeId !== null) await this.documents.issueWhenWanted(storeId, orderId, 'capture');
  }
}

/** Issues the invoice of an order that was paid. */
@Injectable()
@HandlesEvent(OrderPaid)
export class InvoicePaidOrder implements EventHandler<typeof OrderPaid> {
  constructor(@Inject(Documents) private readonly documents: Documents) {}

  async handle({ orderId }: z.output<typeof OrderPaid.payload>, { storeId }: JobContext) {
    if (storeId !== null) await this.documents.issueWhenWanted(storeId, orderId, 'capture');
  }
}

/** Issues the invoice of an order that began to leave. */
@Injectable()
@HandlesEvent(ParcelShipped)
export class InvoiceShippedOrder implements EventHandler<typeof ParcelShipped> {
  constructor(@Inject(Documents) private readonly documents: Documents) {}

  async handle({ orderId }: z.output<typeof ParcelShipped.payload>, { storeId }: JobContext) {
    if (storeId !== null) await this.documents.issueWhenWanted(storeId, orderId, 'shipment');
  }
}

/** Corrects the invoice by what went back. */
@Injectable()
@HandlesEvent(RefundArrived)
export class CreditRefund implements EventHandler<typeof RefundArrived> {
  constructor(@Inject(Documents) private readonly documents: Documents) {}

  async handle({ orderId }: z.output<typeof RefundArrived.payload>, { storeId }: JobContext) {
    if (storeId !== null) await this.documents.amend(storeId, orderId);
  }
}

/** Credits what an edit took away, and invoices what it added. */
@Injectable()
@HandlesEvent(OrderEdited)
export class AmendEditedOrder implements EventHandler<typeof OrderEdited> {
  constructor(@Inject(Documents) private readonly documents: Documents) {}

  async handle({ orderId }: z.output<typeof OrderEdited.payload>, { storeId }: JobContext) {
    if (storeId !== null) await this.documents.amend(storeId, orderId);
  }
}

/** Credits what came back in exchange, for which no money moves. */
@Injectable()
@HandlesEvent(ReturnChanged)
export class AmendExchangedOrder implements EventHandler<typeof ReturnChanged> {
  constructor(@Inject(Documents) private readonly documents: Documents) {}

  async handle(
    { orderId, state }: z.output<typeof ReturnChanged.payload>,
    { storeId }: JobContext,
  ) {
    if (storeId !== null && state === 'exchanged') await this.documents.amend(storeId, orderId);
  }
}

/** Credits an order of which nothing was paid; of what was paid, the refund does. */
@Injectable()
@HandlesEvent(OrderCancelled)
export class CreditCancelledOrder implements EventHandler<typeof OrderCancelled> {
  constructor(@Inject(Documents) private readonly documents: Documents) {}

  async handle({ orderId }: z.output<typeof OrderCancelled.payload>, { storeId }: JobContext) {
    if (storeId !== null) await this.documents.amend(storeId, orderId);
  }
}

/** Prints what was issued before anybody asks for it, and corrects an invoice by what happened meanwhile. */
@Injectable()
@HandlesEvent(DocumentIssued)
export class PrintIssuedDocument implements EventHandler<typeof DocumentIssued> {
  constructor(@Inject(Documents) private readonly documents: Documents) {}

  async handle(
    { orderId, documentId, kind }: z.output<typeof DocumentIssued.payload>,
    { storeId }: JobContext,
  ) {
    if (storeId === null) return;
    await this.documents.file(storeId, documentId);
    if (kind === 'invoice') await this.documents.amend(storeId, orderId);
  }
}
