import { Module } from '@nestjs/common';
import { PaymentsModule } from '@libs/payments';
import { OrdersModule } from '../orders.module';
import {
  AmendEditedOrder,
  AmendExchangedOrder,
  CreditCancelledOrder,
  CreditRefund,
  InvoicePaidOrder,
  InvoicePlacedOrder,
  InvoiceShippedOrder,
  PrintIssuedDocument,
} from './on-documents';
import { EraseOrders } from './on-customer-erased';
import { OnCustomerVerified } from './on-customer-verified';
import { NoteDisputeOnOrder } from './on-dispute-changed';
import { IssueCardsOfPaidOrder, IssueCardsOfPlacedOrder } from './on-gift-cards-sold';
import { OnFactsChanged } from './on-facts-changed';
import { OnOperationFailed } from './on-operation-failed';
import { OnOrderPlaced } from './on-order-placed';
import { AnswerWithdrawal } from './on-withdrawal-received';
import { RunLapseExchange } from './run-lapse-exchange.job';
import { RunRetryCapture } from './run-retry-capture.job';
import { RunSendGiftCards } from './run-send-gift-cards.job';
import { SweepExchanges } from './sweep-exchanges.job';
import { SweepGiftCards } from './sweep-gift-cards.job';
import { SweepUnpaid } from './sweep-unpaid.job';

/** What orders do after commits. */
@Module({
  imports: [OrdersModule, PaymentsModule],
  providers: [
    OnFactsChanged,
    OnOrderPlaced,
    OnOperationFailed,
    NoteDisputeOnOrder,
    OnCustomerVerified,
    RunRetryCapture,
    SweepExchanges,
    SweepUnpaid,
    SweepGiftCards,
    RunSendGiftCards,
    RunLapseExchange,
    AnswerWithdrawal,
    EraseOrders,
    IssueCardsOfPlacedOrder,
    IssueCardsOfPaidOrder,
    InvoicePlacedOrder,
    InvoicePaidOrder,
    InvoiceShippedOrder,
    CreditRefund,
    AmendEditedOrder,
    AmendExchangedOrder,
    CreditCancelledOrder,
    PrintIssuedDocument,
  ],
})
export class OrdersWorkerModule {}
