/** What goes wrong with the answers to calls of one kind. */
export interface AnswerFault {
  on: 'begin' | 'fetch' | 'capture' | 'cancel' | 'refund';
  fault: 'slow' | 'lost_after_effect' | 'lost_before_effect' | 'http500' | 'busy' | 'unauthorized';
  /** How many calls. */
  times: number;
  /** For `slow`, milliseconds. */
  ms?: number;
}

/** How the provider treats one account. Everything is optional to say; what is left out is as it should be. */
export interface Behaviour {
  outcome: 'succeed' | 'decline' | 'fail';
  /** The code of a decline. */
  code: string;
  threeDS: 'none' | 'required' | 'abandon' | 'fail';
  answers: AnswerFault[];
  webhook: {
    /** Milliseconds after the event. */
    afterMs: number;
    /** Delivered before the call that caused it is answered. */
    beforeAnswer: boolean;
    never: boolean;
    times: number;
    /** Kept until released; then in an order that the seed decides when `shuffle`. */
    hold: boolean;
    shuffle: boolean;
    fault: 'none' | 'bad_signature' | 'old_timestamp' | 'wrong_account';
  };
  /** How long what is authorized is kept, hours; null for as long as nobody says. */
  authorizedHours: number | null;
  capture: 'ok' | 'fail' | 'pending';
  refund: 'ok' | 'fail' | 'pending';
  /** How long `pending` and a late success take, milliseconds; null for until told to settle. */
  settleMs: number | null;
  /** Added to what the shopper pays, minor units. */
  amountDelta: number;
  /** What the shopper pays in instead. */
  currencySwap: string | null;
  /** The success comes after `settleMs`, when the shopper is back already. */
  late: boolean;
  /** The shopper pays twice. */
  secondSuccess: boolean;
  dispute: { afterMs: number; end: 'won' | 'lost' | null } | null;
  seed: number;
}

/** As it should be. */
export const goodBehaviour: Behaviour = {
  outcome: 'succeed',
  code: 'card_declined',
  threeDS: 'none',
  answers: [],
  webhook: {
    afterMs: 0,
    beforeAnswer: false,
    never: false,
    times: 1,
    hold: false,
    shuffle: false,
    fault: 'none',
  },
  authorizedHours: null,
  capture: 'ok',
  refund: 'ok',
  settleMs: 2000,
  amountDelta: 0,
  currencySwap: null,
  late: false,
  secondSuccess: false,
  dispute: null,
  seed: 1,
};

/** A wish for another behaviour. */
export type BehaviourPatch = Partial<Omit<Behaviour, 'webhook'>> & {
  webhook?: Partial<Behaviour['webhook']>;
};

/** What the last two digits of an amount ask for, so that a person can try each without a setting. */
const byAmount: Readonly<Record<number, BehaviourPatch>> = {
  17: { outcome: 'decline', code: 'insufficient_funds' },
  27: { threeDS: 'required' },
  37: { capture: 'fail', code: 'card_declined' },
  47: { capture: 'pending' },
  57: { refund: 'fail' },
  67: { webhook: { afterMs: 10_000 } },
  77: { webhook: { times: 3 } },
  87: { late: true, settleMs: 10_000 },
};

/** The account's behaviour for one payment. */
export function behaviourFor(account: BehaviourPatch | undefined, amountMinor: number): Behaviour {
  const wish = byAmount[amountMinor % 100] ?? {};
  return {
    ...goodBehaviour,
    ...wish,
    ...account,
    webhook: { ...goodBehaviour.webhook, ...wish.webhook, ...account?.webhook },
  };
}
