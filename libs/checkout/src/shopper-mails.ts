import { MoneyCameLate, PaymentRequested } from './checkouts/checkout.events';
import { LateMoney } from './checkouts/late-money.service';
import { PaymentRequests } from './drafts/payment-requests.service';

/** What is written to shoppers about, before there is an order; one name at the door. */
export const shopperMails = {
  MoneyCameLate,
  LateMoney,
  PaymentRequested,
  PaymentRequests,
} as const;
