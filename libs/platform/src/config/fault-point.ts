/** Moments between two effects at which tests let a process die (the fault matrix of commerce). */
export type FaultPoint =
  /** What is bought is held, the provider knows nothing of it. */
  | 'checkout.held'
  /** Everything of the order is written, nothing committed. */
  | 'checkout.order-written'
  /** The order is committed, nobody was told. */
  | 'checkout.settled'
  /** The time of a checkout is over, what it held is free again, nothing committed. */
  | 'checkout.freed'
  /** A batch of old carts or checkouts is done, others are not. */
  | 'checkout.carts-tidied'
  /** The link by which refused money can be paid is written, not committed. */
  | 'checkout.refused-asked'
  /** Nobody is asked for the money of an order any more, which was not given up; nothing is committed. */
  | 'checkout.asking-ended'
  /** An order for which no money came is given up, not committed. */
  | 'checkout.unpaid-given-up'
  /** A register has told what it knows of a VAT number, nothing of it is written. */
  | 'checkout.vat-answered'
  /** What a register told of a VAT number is written, not committed. */
  | 'checkout.vat-noted'
  /** The provider has begun the payment, its name for it is not known here. */
  | 'payments.begin-answered'
  /** The provider has told what it knows, nothing of it is written. */
  | 'payments.fetch-answered'
  /** An event of the provider is written, not committed: it was not answered. */
  | 'payments.event-written'
  /** An operation is taken on, the provider was not asked. */
  | 'payments.operation-taken'
  /** The provider has carried an operation out, nothing of it is written. */
  | 'payments.operation-answered'
  /** A refused capture is noted on its order, not committed. */
  | 'orders.refusal-noted'
  /** A refused capture is wanted once more, not committed. */
  | 'orders.capture-retried'
  /** The timeline tells of a document, its number is not taken. */
  | 'orders.document-noted'
  /** A document has its number, nothing is committed. */
  | 'orders.document-numbered'
  /** A document is printed, its file is not kept. */
  | 'orders.document-printed'
  /** A mail about an order, or about paying it, is sent, nothing of it is written. */
  | 'notifications.mail-sent'
  /** A mail about an order is sent and stands in its timeline; who sent it has not said so. */
  | 'notifications.mail-noted'
  /** Events are jobs now, not committed. */
  | 'outbox.carried'
  /** A job has run to its end and still stands there. */
  | 'jobs.ran';

/**
 * Dies here, with no chance to say goodbye, in a test process that was told to; anywhere else it does nothing.
 *
 * Armed by `CARAVEL_FAULT_POINT=<name>` or `<name>#<n>` for the nth time that it is passed, where `NODE_ENV` is `test`.
 */
export const faultPoint: (name: FaultPoint) => void = armed(process.env) ?? (() => undefined);

function armed(env: NodeJS.ProcessEnv): ((name: FaultPoint) => void) | null {
  const wish = env['CARAVEL_FAULT_POINT'];
  if (wish === undefined || env['NODE_ENV'] !== 'test') return null;
  const [wanted, nth = '1'] = wish.split('#');
  let left = Number(nth);
  return (name) => {
    if (name !== wanted) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  };
}
