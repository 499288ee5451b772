import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { type Mail, MailboxMailer, SmtpMailer } from './index';

const from = 'Caravel <no-reply@shop.example>';
const mail: Mail = {
  to: 'Änne <aenne@example.com>',
  subject: 'Ihre Bestellung 红色连衣裙',
  text: 'Đơn hàng của bạn: https://shop.example/a?b=c&d=1',
  html: '<p>Grüße</p>',
  messageId: '<order-1@shop.example>',
  headers: { 'List-Unsubscribe': '<https://shop.example/u>' },
};

describe('SmtpMailer', () => {
  let server: SMTPServer;
  let mailer: SmtpMailer;
  let received: Buffer[];
  let refuseWith: number | undefined;

  beforeEach(async () => {
    received = [];
    refuseWith = undefined;
    server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      onRcptTo(_, __, done) {
        if (refuseWith === undefined) return done();
        return done(Object.assign(new Error('no'), { responseCode: refuseWith }));
      },
      onData(stream, _, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          received.push(Buffer.concat(chunks));
          done();
        });
      },
    });
    const listening = server.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    const { port } = listening.address() as AddressInfo;
    mailer = new SmtpMailer({ url: `smtp://127.0.0.1:${port}`, from });
  });

  afterEach(async () => {
    await mailer.close();
    await new Promise<void>((done) => server.close(() => done()));
  });

  it('sends text and markup in any script', async () => {
    await mailer.send(mail);
    const parsed = await PostalMime.parse(received[0] ?? '');
    expect(parsed).toMatchObject({
      from: { name: 'Caravel', address: 'no-reply@shop.example' },
      to: [{ name: 'Änne', address: 'aenne@example.com' }],
      subject: mail.subject,
      messageId: mail.messageId,
    });
    expect(parsed.text?.trim()).toBe(mail.text);
    expect(parsed.html?.trim()).toBe(mail.html);
    expect(parsed.headers).toContainEqual(
      expect.objectContaining({ key: 'list-unsubscribe', value: '<https://shop.example/u>' }),
    );
  });

  it('lets nobody add headers or recipients through a line break', async () => {
    await mailer.send({ ...mail, subject: 'Hello\r\nBcc: victim@example.com\r\n\r\nbody' });
    const parsed = await PostalMime.parse(received[0] ?? '');
    expect(parsed.bcc ?? []).toEqual([]);
    expect(parsed.subject).toContain('Bcc: victim@example.com');
    expect(parsed.text?.trim()).toBe(mail.text);
  });

  it.each([
    [550, 'mail.refused'],
    [451, 'mail.unavailable'],
  ])('tells %i apart: %s', async (status, code) => {
    refuseWith = status;
    await expect(mailer.send(mail)).rejects.toMatchObject({ code });
    expect(received).toEqual([]);
  });

  it('calls a server that is not there unavailable', async () => {
    await new Promise<void>((done) => server.close(() => done()));
    await expect(mailer.send(mail)).rejects.toMatchObject({ code: 'mail.unavailable' });
  });
});

describe('MailboxMailer', () => {
  it('keeps whole mails in a folder, oldest first', async () => {
    const root = await mkdtemp(join(tmpdir(), 'caravel-mailbox-'));
    try {
      const dir = join(root, 'mailbox');
      const mailer = new MailboxMailer({ dir, from });
      expect(await mailer.list()).toEqual([]);
      await mailer.send(mail);
      await mailer.send({ ...mail, from: 'Other <other@shop.example>', subject: 'Second' });
      const [first, second] = (await mailer.list()).sort((a) => (a.subject === 'Second' ? 1 : -1));
      expect(first).toMatchObject({ ...mail, from });
      expect(second).toMatchObject({ subject: 'Second', from: 'Other <other@shop.example>' });
      const names = await readdir(dir);
      expect(names).toHaveLength(4);
      const letter = names.find((name) => name.endsWith('.eml')) ?? '';
      const parsed = await PostalMime.parse(await readFile(join(dir, letter)));
      expect(parsed.text?.trim()).toBe(mail.text);
      await mailer.close();
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  });
});
