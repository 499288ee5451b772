import type { Money } from '@libs/kernel';
import type { PaymentState } from './facts/payment-state';

/** The providers that this platform knows. */
export const providerCodes = ['manual', 'cash_on_delivery', 'test', 'stripe', 'paypal'] as const;

/** A provider by its name in tables and addresses. */
export type ProviderCode = (typeof providerCodes)[number];

/** A way to pay that a checkout offers. */
export interface PaymentMethod {
  accountId: string;
  provider: ProviderCode;
  title: string;
  description: string;
  /** No real money moves; whoever sees the method must see this too. */
  testMode: boolean;
  /** Whether money moves at once or when the order exists. */
  capture: 'now' | 'later';
  /** What paying this way costs the shopper, minor units of the checkout's currency. */
  feeMinor: number;
  /** The order is placed without waiting for the money: bank transfer, cash on delivery. */
  placesAtOnce: boolean;
  /** A checkout may begin there: the provider tells who the shopper is and where they live. */
  express?: true;
}

/** What a checkout does after a payment has begun. */
export type Next =
  | { kind: 'none' }
  /** The shopper goes to the provider's page and comes back to the return address. */
  | { kind: 'redirect'; url: string }
  /** The provider's field stands on our page; `publicData` is what it needs, and no secret. */
  | { kind: 'browser'; publicData: Record<string, string> }
  /** The shopper is told how to pay. */
  | { kind: 'instructions'; text: string };

/**
 * Where a shopper pays: in the provider's own field on our page, which needs scripts, or on the provider's page;
 * `approved` is what they agreed to there before the sum was known, and needs nothing more of them.
 */
export type PayFlow = 'browser' | 'redirect' | 'approved';

/** A provider's own field on our page: what a page must load for it, and from where. */
export interface BrowserField {
  provider: ProviderCode;
  /** The provider's script, which comes from its own host always. */
  script: string;
  /** What the page's policy must allow for it beyond our own (Content-Security-Policy), by directive. */
  hosts: Readonly<Record<'script' | 'frame' | 'connect', readonly string[]>>;
  /**
   * A script of ours: an expression `(box, data, look) => Promise<{ check, confirm }>`. It mounts the field in `box`;
   * `check()` resolves to the fault of what was typed or null, `confirm(publicData)` to what the provider says against
   * it or null, where it does not lead away by itself.
   */
  code: string;
  /** What the code is given; nothing of it is secret. */
  data: Readonly<Record<string, string | number>>;
}

/** A payment as other slices see it. */
export interface PaymentView {
  paymentId: string;
  checkoutId: string;
  orderId: string | null;
  accountId: string;
  provider: ProviderCode;
  title: string;
  testMode: boolean;
  state: PaymentState;
  money: Money;
  capture: 'now' | 'later';
  flow: PayFlow;
  /** An order may be placed although nothing is held. */
  placesAtOnce: boolean;
  /** Authorized and not yet captured, minor units. */
  authorizedMinor: number;
  /** Until when that can be captured, ISO 8601; null when nothing is, or the provider names no end. */
  authorizationExpiresAt: string | null;
  capturedMinor: number;
  refundedMinor: number;
  /** The provider refused to take what is authorized, and has taken nothing since: it is no money to count on. */
  captureRefused: boolean;
  /** Another amount or currency than was asked: never an order; the money goes back by itself. */
  mismatch: boolean;
  /** It was asked to end, and what came of that is not known: what is authorized may be let go at any moment. */
  ending: boolean;
  /** Nobody wants its money: whatever is there goes back by itself and never pays an order. */
  unwanted: boolean;
  /** The provider's code for why it failed, while it has. */
  failure: string | null;
}

/** Whether people move the money, so that an order is placed before it comes. */
export function isByHand(provider: ProviderCode): boolean {
  return provider === 'manual' || provider === 'cash_on_delivery';
}
