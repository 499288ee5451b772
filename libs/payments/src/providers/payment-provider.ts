import type { Money } from '@libs/kernel';
import type { Fact } from '../facts/fact';
import type { BrowserField, Next, PayFlow, ProviderCode } from '../payment-views';

/** A value that an account needs, by its name in the API. */
export interface KeyField {
  name: string;
  title: string;
  /** What it looks like in test and in live mode, where the provider tells them apart. */
  startsWith?: { test: readonly string[]; live: readonly string[] };
  optional?: boolean;
}

/** What a provider can do. */
export interface Capabilities {
  /** Authorize first, capture when the order exists. */
  separateCapture: boolean;
  partialCapture: boolean;
  /** More than one capture of an authorization. */
  multiCapture: boolean;
  partialRefund: boolean;
  /** An order is placed before any money is held, and people move the money. */
  byHand: boolean;
  /** Only in test mode, only where the platform offers it. */
  testOnly: boolean;
  /** A checkout may begin there: the shopper agrees ahead of the sum, and the provider tells who and where they are. */
  express?: true;
  /** How long it remembers the key of a request, hours; after that only asking tells what happened. */
  keyHours: number;
  takes(currency: string): boolean;
  /** The smallest amount that it takes, minor units. */
  minMinor(currency: string): number;
}

/** An account with its keys opened; lives as long as one call. */
export interface ProviderAccount {
  accountId: string;
  testMode: boolean;
  secretKeys: Readonly<Record<string, string>>;
  publicKeys: Readonly<Record<string, string>>;
  /** Text for the shopper, of providers that people carry out. */
  instructions: string;
  /** Where the provider's events are to be sent. */
  webhookUrl: string;
}

/** What a provider must know to begin. */
export interface BeginInput {
  paymentId: string;
  money: Money;
  capture: 'now' | 'later';
  returnUrl: string;
  /** Providers without a field on our page know only redirects. */
  flow: PayFlow;
  /** What the shopper has agreed to already, of the flow `approved`. */
  ref?: string | null;
  /** The same request has the same key, however often it is sent. */
  key: string;
}

/** What a provider must know to be asked ahead of the sum. */
export interface AskInput {
  /** What it will be about; another sum may be taken. */
  money: Money;
  capture: 'now' | 'later';
  returnUrl: string;
  key: string;
}

/** What a shopper has said at a provider ahead of the sum. */
export interface Approval {
  approved: boolean;
  email: string | null;
  /** As the provider writes it, country as ISO 3166-1 alpha-2; null where it tells none. */
  address: Partial<
    Record<'name' | 'address1' | 'address2' | 'city' | 'province' | 'zip' | 'country', string>
  > | null;
}

/** What beginning brought. */
export interface Begun {
  /** The provider's name for the payment; null for providers that people carry out. */
  ref: string | null;
  next: Next;
  facts: Fact[];
}

/** A part of an authorization to capture. */
export interface CaptureInput {
  paymentId: string;
  ref: string;
  /** The authorization, as far as its fact is known. */
  authId: string | null;
  money: Money;
  /** Nothing will be captured after it: what is left is let go. */
  final: boolean;
  key: string;
}

/** A part of a capture to give back. */
export interface RefundInput {
  paymentId: string;
  ref: string | null;
  captureId: string;
  money: Money;
  key: string;
}

/** What a verified webhook says. */
export interface ProviderEvent {
  eventId: string;
  type: string;
  /** Our id, as the provider repeats it from the metadata; null when it says none. */
  paymentId: string | null;
  ref: string | null;
  /** `fetch` when the content may be older than what the provider knows by now. */
  facts: Fact[] | 'fetch';
  payload: unknown;
}

/** A payment in a provider's own list. */
export interface ListedPayment {
  /** The provider's name for it, as far as the list has it. */
  ref: string | null;
  /** Our id, as the provider repeats it. */
  paymentId: string | null;
  /** Succeeded captures and refunds, minor units. */
  capturedMinor: number;
  refundedMinor: number;
}

/** A provider as one account sees it. Every method throws `ProviderError`. */
export interface ProviderClient {
  begin(input: BeginInput): Promise<Begun>;
  /** Sends a shopper there to agree ahead of the sum; only of providers with `express`. */
  ask?(input: AskInput): Promise<{ ref: string; url: string }>;
  /** What came of that; nothing is taken. */
  answerOf?(ref: string): Promise<Approval>;
  /**
   * Everything that the provider knows of a payment.
   * @param options.mayTake whether money that waits for us may be taken on this occasion
   */
  fetch(ref: string, options?: { mayTake?: boolean }): Promise<Fact[]>;
  /** The payments of the account that were made after a moment; empty for providers that people carry out. */
  list(since: Date): Promise<ListedPayment[]>;
  capture(input: CaptureInput): Promise<Fact[]>;
  /** Makes sure that nobody can pay it any more; what was captured by then comes back as facts. */
  cancel(input: { paymentId: string; ref: string; key: string }): Promise<Fact[]>;
  refund(input: RefundInput): Promise<Fact[]>;
  /** @throws WebhookRefused for a signature, a moment or an account that is not right */
  verifyWebhook(
    rawBody: Buffer,
    headers: Readonly<Record<string, string | undefined>>,
  ): Promise<ProviderEvent>;
}

/** A payment provider: no database, no Nest. */
export interface PaymentProvider {
  readonly code: ProviderCode;
  readonly title: string;
  readonly capabilities: Capabilities;
  readonly secretKeys: readonly KeyField[];
  readonly publicKeys: readonly KeyField[];
  /** Its own field for our page, for a sum to pay; providers without this one only redirect. */
  field?(
    account: Pick<ProviderAccount, 'publicKeys'>,
    asked: { money: Money; capture: 'now' | 'later' },
  ): BrowserField;
  open(account: ProviderAccount): ProviderClient;
}

/**
 * What came of a call that brought no answer to use. `refused`: the provider said no, and asking the same again brings
 * the same. `unknown`: it may have happened or not; repeat with the same key. `keys`: the account's keys are not taken.
 */
export type ProviderErrorKind = 'refused' | 'unknown' | 'keys';

/** A call to a provider that brought no answer to use. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';

  /**
   * @param reason the provider's code, or ours for what it did not say; no secrets, it is shown to merchants
   * @param facts what the provider told along with its refusal
   */
  constructor(
    readonly kind: ProviderErrorKind,
    readonly reason: string,
    readonly facts: Fact[] = [],
    options?: ErrorOptions,
  ) {
    super(`The payment provider: ${kind}, ${reason}`, options);
  }
}

/** A webhook that is not the provider's, too old, or another account's. */
export class WebhookRefused extends Error {
  override readonly name = 'WebhookRefused';

  constructor(readonly reason: 'signature' | 'timestamp' | 'account' | 'mode' | 'form') {
    super(`The webhook was refused: ${reason}.`);
  }
}
