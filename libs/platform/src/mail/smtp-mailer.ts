import { createTransport } from 'nodemailer';
import { type Mail, Mailer } from './mailer';
import { mailErrors } from './mail.errors';

/** Which server takes our mail. */
export interface SmtpOptions {
  /** `smtp://user:password@host:587` or `smtps://...:465`. */
  url: string;
  /** Sender of mails that name none. */
  from: string;
}

/** Sends through an SMTP server, a few connections at a time. */
export class SmtpMailer extends Mailer {
  private readonly transport;

  constructor({ url, from }: SmtpOptions) {
    super();
    const limits = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };
    // What is sent is given by value; no text of a mail may make the server read files or addresses.
    const closed = { disableFileAccess: true, disableUrlAccess: true };
    this.transport = createTransport(
      { url, pool: true, maxConnections: 3, ...limits, ...closed },
      { from },
    );
  }

  async send(mail: Mail): Promise<void> {
    try {
      await this.transport.sendMail(mail);
    } catch (cause) {
      // RFC 5321, 4.2.1: replies from 500 on are permanent.
      const status = (cause as { responseCode?: number }).responseCode ?? 0;
      if (status >= 500) throw mailErrors.error('refused', { status }, { cause });
      throw mailErrors.error('unavailable', {}, { cause });
    }
  }

  close(): Promise<void> {
    this.transport.close();
    return Promise.resolve();
  }
}
