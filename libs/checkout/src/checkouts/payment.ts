/** An amount of one currency. */
export interface Money {
  amountMinor: number;
  currency: string;
}

/** A payment of a checkout as its facts tell it. */
export interface PaymentView {
  paymentId: string;
  provider: string;
  title: string;
  testMode: boolean;
  state: string;
  money: Money;
  authorizedMinor: number;
  capturedMinor: number;
  refundedMinor: number;
  capture: 'now' | 'later';
  /** An order may be placed although nothing is held. */
  placesAtOnce: boolean;
  /** Another amount or currency than was asked: never an order; the money goes back by itself. */
  mismatch: boolean;
  failure: string | null;
}

/** A way to pay that a store offers. */
export interface PaymentMethod {
  accountId: string;
  provider: string;
  title: string;
  description: string;
  testMode: boolean;
  capture: 'now' | 'later';
  feeMinor: number;
  /** The order is placed before any money: bank transfer, cash on delivery. */
  placesAtOnce: boolean;
}
