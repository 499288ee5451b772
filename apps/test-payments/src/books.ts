import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** An object of the provider: an authorization, a capture, a refund, a dispute. */
export interface BookObject {
  kind: 'auth' | 'capture' | 'refund' | 'dispute';
  id: string;
  parentId: string | null;
  status: string;
  amountMinor: number;
  currency: string;
  /** ISO 8601. */
  at: string;
  reason: string | null;
  /** The key of the request that made it. */
  operationKey: string | null;
  dueAt: string | null;
}

/** A payment in the provider's books. */
export interface BookPayment {
  id: string;
  /** Who it belongs to: the secret key that made it. */
  account: string;
  /** The merchant's own id. */
  paymentId: string;
  amountMinor: number;
  currency: string;
  capture: 'now' | 'later';
  returnUrl: string;
  webhookUrl: string;
  /** What the shopper's page does now. */
  page: 'open' | 'challenge' | 'done' | 'canceled';
  createdAt: string;
  objects: BookObject[];
}

/** An answer that was given to a key. */
export interface KeptAnswer {
  status: number;
  body: unknown;
}

type Line = { payment: BookPayment } | { key: string; answer: KeptAnswer };

/**
 * The provider's books: independent of the platform's, so that the two can be compared. In memory, and in a file when
 * there is one, from which they are read again after a restart.
 */
export class Books {
  private readonly payments = new Map<string, BookPayment>();
  private readonly answers = new Map<string, KeptAnswer>();

  /** @param file lines of JSON; null to remember only as long as the process lives */
  constructor(private readonly file: string | null) {
    if (file === null || !existsSync(file)) return;
    for (const text of readFileSync(file, 'utf8').split('\n')) if (text !== '') this.learn(text);
  }

  /** A new payment, already written. */
  open(input: Omit<BookPayment, 'id' | 'page' | 'createdAt' | 'objects'>): BookPayment {
    const payment: BookPayment = {
      ...input,
      id: newBookId('tp'),
      page: 'open',
      createdAt: new Date().toISOString(),
      objects: [],
    };
    this.keep(payment);
    return payment;
  }

  /** Writes what was changed in a payment. */
  keep(payment: BookPayment): void {
    this.payments.set(payment.id, payment);
    this.write({ payment });
  }

  /** The payment of that id, or null. */
  find(id: string): BookPayment | null {
    return this.payments.get(id) ?? null;
  }

  /** Every payment of an account, oldest first; of all accounts when left out. */
  list(account?: string): BookPayment[] {
    const all = [...this.payments.values()];
    return account === undefined ? all : all.filter((payment) => payment.account === account);
  }

  /** What was answered to this key before, or null. */
  answerTo(key: string): KeptAnswer | null {
    return this.answers.get(key) ?? null;
  }

  /** Remembers the answer to a key. */
  keepAnswer(key: string, answer: KeptAnswer): void {
    this.answers.set(key, answer);
    this.write({ key, answer });
  }

  private learn(text: string): void {
    try {
      const line = JSON.parse(text) as Line;
      if ('payment' in line) this.payments.set(line.payment.id, line.payment);
      else this.answers.set(line.key, line.answer);
    } catch {
      // The last line of a process that was killed while it wrote.
    }
  }

  private write(line: Line): void {
    if (this.file !== null) appendFileSync(this.file, `${JSON.stringify(line)}\n`, { mode: 0o600 });
  }
}

/** An id that tells what it is of. */
export function newBookId(prefix: string): string {
  return `${prefix}_${randomBytes(9).toString('hex')}`;
}
