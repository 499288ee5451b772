import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { type Mail, Mailer } from './mailer';

/** Where mail is kept instead of being sent. */
export interface MailboxOptions {
  /** A folder; made when needed. */
  dir: string;
  from: string;
}

/** A mail as the folder keeps it for programs. */
export interface MailboxMail extends Mail {
  from: string;
  /** ISO 8601. */
  sentAt: string;
  /** Of its files, without their ending. */
  name: string;
}

/**
 * Keeps mails in a folder, for development: `<time>-<random>.eml`, which a mail program opens, and the same with
 * `.json` for tests and tools. Used while no SMTP server is configured.
 */
export class MailboxMailer extends Mailer {
  private readonly composer = createTransport({
    streamTransport: true,
    buffer: true,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  constructor(private readonly options: MailboxOptions) {
    super();
  }

  async send(mail: Mail): Promise<void> {
    const { dir, from } = this.options;
    const sentAt = new Date().toISOString();
    const whole: Omit<MailboxMail, 'name'> = { from, ...mail, sentAt };
    const { message } = await this.composer.sendMail(whole);
    const name = `${sentAt.replaceAll(':', '-')}-${randomBytes(4).toString('hex')}`;
    await mkdir(dir, { recursive: true });
    await this.write(`${name}.eml`, message as Buffer);
    await this.write(`${name}.json`, Buffer.from(JSON.stringify(whole, null, 2)));
  }

  /** All mails of the folder, oldest first. */
  async list(): Promise<MailboxMail[]> {
    const names = await readdir(this.options.dir).catch(() => []);
    const mails = names
      .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
      .sort()
      .map(async (file) => {
        const text = await readFile(join(this.options.dir, file), 'utf8');
        return { ...(JSON.parse(text) as Omit<MailboxMail, 'name'>), name: file.slice(0, -5) };
      });
    return Promise.all(mails);
  }

  close(): Promise<void> {
    this.composer.close();
    return Promise.resolve();
  }

  /** Who watches the folder sees whole files only. */
  private async write(name: string, bytes: Buffer): Promise<void> {
    const unfinished = join(this.options.dir, `.${name}`);
    await writeFile(unfinished, bytes, { mode: 0o600 });
    await rename(unfinished, join(this.options.dir, name));
  }
}
