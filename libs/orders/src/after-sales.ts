import { SoldGiftCards } from './gift-cards/sold-gift-cards.service';
import {
  GiftCardsIssued,
  ReturnChanged,
  WithdrawalReceived,
  WithdrawalRejected,
} from './orders.events';
import { Withdrawals } from './withdrawals/withdrawals.service';
import { hasWithdrawal } from './withdrawals/where';

/** What other slices hear and ask of returns, withdrawals and sold gift cards; one name at the door. */
export const afterSales = {
  ReturnChanged,
  WithdrawalReceived,
  WithdrawalRejected,
  hasWithdrawal,
  Withdrawals,
  GiftCardsIssued,
  SoldGiftCards,
} as const;
