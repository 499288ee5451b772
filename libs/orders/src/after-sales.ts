import { ReturnChanged, WithdrawalReceived, WithdrawalRejected } from './orders.events';
import { Withdrawals } from './withdrawals/withdrawals.service';
import { hasWithdrawal } from './withdrawals/where';

/** What other slices hear and ask of returns and withdrawals; one name at the door. */
export const afterSales = {
  ReturnChanged,
  WithdrawalReceived,
  WithdrawalRejected,
  hasWithdrawal,
  Withdrawals,
} as const;
