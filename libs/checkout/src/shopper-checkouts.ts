import { AbandonedCheckouts } from './checkouts/abandoned-checkouts.service';
import { CheckoutAnswers } from './checkouts/checkout-answers.service';
import { CheckoutExpired, CheckoutStarted, CheckoutUpdated } from './checkouts/checkout.events';

/** Checkouts of shoppers and what becomes of them; one name at the door. */
export const shopperCheckouts = {
  AbandonedCheckouts,
  CheckoutAnswers,
  CheckoutStarted,
  CheckoutUpdated,
  CheckoutExpired,
} as const;
