import { giftDays } from './gift-cards/gift-days';
import { SoldGiftCards } from './gift-cards/sold-gift-cards.service';
import { CancelUnpaid } from './money/cancel-unpaid.job';
import { UnpaidOrders } from './money/unpaid-orders.service';
import {
  CaptureFailed,
  GiftCardsIssued,
  GiftCardsSent,
  ReturnChanged,
  WithdrawalReceived,
  WithdrawalRejected,
} from './orders.events';
import { Withdrawals } from './withdrawals/withdrawals.service';
import { hasWithdrawal } from './withdrawals/where';

/** What other slices hear and ask of returns, withdrawals, sold gift cards and money that does not come; one name at the door. */
export const afterSales = {
  ReturnChanged,
  WithdrawalReceived,
  WithdrawalRejected,
  hasWithdrawal,
  Withdrawals,
  GiftCardsIssued,
  GiftCardsSent,
  SoldGiftCards,
  giftDays,
  CaptureFailed,
  CancelUnpaid,
  UnpaidOrders,
} as const;
