import type { BrowserField, PaymentMethod, PaymentView } from '@libs/payments';
import type { CheckoutRow } from '../../checkouts/checkout-rows.queries';
import type { Html } from './html';
import type { Look } from './look';
import type { Words } from './words';

/** What every page of a checkout needs to know. */
export interface PageSetting {
  words: Words;
  /** The language of the words, and the one that numbers and dates are written in. */
  lang: string;
  shop: { name: string; country: string };
  look: Look;
  /** Before every path: `/de` in a language that is not the store's first. */
  prefix: string;
  /** Pages that are the store's policies: what each is and is called, and its path without the prefix. */
  policies?: readonly {
    kind: 'terms' | 'privacy' | 'refund' | 'shipping' | 'imprint';
    name: string;
    url: string;
  }[];
  /** For the page's own style and script. */
  nonce: string;
}

/** A checkout with what is shown beside it. */
export interface CheckoutView {
  token: string;
  checkout: CheckoutRow;
  /** Addresses of small pictures, by line. */
  images: ReadonlyMap<string, string>;
  methods: readonly PaymentMethod[];
  /** What the customer can spend of their credit, shown to them alone; null where there is none to show. */
  credit: { balanceMinor: number } | null;
  /** Fields of providers, by account: of every method that is offered, or of the one that is being paid with. */
  fields: ReadonlyMap<string, BrowserField>;
  /** Of an order: what came back in an exchange was worth, minor units; its total has what is sent instead in it. */
  returnedMinor?: number;
  /** Why the code that was just entered takes nothing off. */
  codeFault?: string;
}

/** A page of the way to an order. */
export type Step = 'information' | 'delivery' | 'payment';

/** What a page tells before its form. */
export interface Notice {
  kind: 'error' | 'info';
  title: string;
  /** Sentences; with an id they lead to a field. */
  items?: readonly { text: string; href?: string }[];
  action?: { label: string; href: string };
  /** It stands beside its field in the summary, and is not told a second time. */
  beside?: boolean;
}

/** What was wrong with a field, by the field's id. */
export type Faults = Readonly<Record<string, string>>;

/** A page before its frame. */
export interface PageBody {
  title: string;
  /** Where of the steps it is. */
  step: Step | null;
  notices: readonly Notice[];
  main: Html;
  /** The summary beside it; none on pages without a checkout. */
  aside: Html | null;
  /** Seconds after which a browser without scripts asks again, and where. */
  refresh?: { seconds: number; url: string };
  /** Watched by the script: the state is asked there until it changes. */
  poll?: string;
  /** Fields of providers that stand on it: its policy allows what they load, and no other page's does. */
  fields?: readonly BrowserField[];
}

export type { PaymentView };
