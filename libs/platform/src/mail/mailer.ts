/** One mail. */
export interface Mail {
  /** An address, with or without a name: `Anna <anna@example.com>`. */
  to: string;
  subject: string;
  text: string;
  html?: string;
  /** The deployment's own sender when left out. */
  from?: string;
  replyTo?: string;
  /** Give the same id when sending again, so that a mailbox shows one message. `<id@domain>`. */
  messageId?: string;
  /** Further headers, such as `List-Unsubscribe`. */
  headers?: Record<string, string>;
}

/** Sends mail. */
export abstract class Mailer {
  /**
   * Hands a mail over to the next server, which is not yet the reader's mailbox.
   * @throws AppError `mail.unavailable`, worth another try, or `mail.refused`, not worth one
   */
  abstract send(mail: Mail): Promise<void>;

  /** Gives back what is open. */
  abstract close(): Promise<void>;
}
