import { IdentityApiModule } from '@api/identity';
import { NotificationsApiModule } from '@api/notifications';
import { StoresApiModule } from '@api/stores';
import { Mailer } from '@platform/mail';
import { type ApiLab, openApiLab } from '@testing';

const mail = {
  to: 'ada@example.test',
  subject: 'رمزك <b>مهم</b>',
  text: 'Hello <Ada>',
  html: '<p>Hello</p><script>alert(1)</script>',
};

describe('the mailbox page', () => {
  const open = async (env: Record<string, string> = {}): Promise<ApiLab> => {
    const lab = await openApiLab([IdentityApiModule, StoresApiModule, NotificationsApiModule], env);
    await lab.app.get(Mailer, { strict: false }).send(mail);
    return lab;
  };
  const at = (lab: ApiLab, path: string, host = 'localhost:4000') =>
    lab.call(`GET !${path}`, { headers: { host } });

  describe('on a development machine', () => {
    let lab: ApiLab;
    beforeAll(async () => {
      lab = await open();
      await lab.app.get(Mailer, { strict: false }).send({ ...mail, to: 'bo@example.test' });
    });
    afterAll(() => lab.close());

    it('lists mails, the newest first, and finds them by address', async () => {
      const { status, text } = await at(lab, '/mailbox');
      expect(status).toBe(200);
      expect(text.indexOf('bo@example.test')).toBeLessThan(text.indexOf('ada@example.test'));
      expect(text).toContain('رمزك &lt;b&gt;مهم&lt;/b&gt;');
      const found = await at(lab, '/mailbox?q=ADA%40');
      expect(found.text).toContain('ada@example.test');
      expect(found.text).not.toContain('bo@example.test');
      expect((await at(lab, '/mailbox?q=nobody')).text).toContain('No mail has these words');
    });

    it('shows a mail as text and as HTML that runs nothing', async () => {
      const [, path] = /href="(\/mailbox\/[^"]+)"/.exec((await at(lab, '/mailbox')).text) ?? [];
      const shown = await at(lab, path ?? '');
      expect(shown.text).toContain('Hello &lt;Ada&gt;');
      expect(shown.text).toContain(`src="${path}/html"`);
      expect(shown.text).not.toContain('<script');
      const html = await at(lab, `${path}/html`);
      expect(html.text).toBe(mail.html);
      expect(html.headers['content-security-policy']).toContain('sandbox');
      expect(html.headers['content-security-policy']).not.toContain('allow-scripts');
      expect((await at(lab, '/mailbox/..%2F..%2Fetc%2Fpasswd')).status).toBe(404);
    });

    it('answers nobody who reached this machine by another name', async () => {
      expect((await at(lab, '/mailbox', 'evil.example')).status).toBe(404);
    });
  });

  it('is not there in production', async () => {
    const lab = await open({ NODE_ENV: 'production' });
    try {
      expect((await at(lab, '/mailbox')).status).toBe(404);
    } finally {
      await lab.close();
    }
  });

  it('is not there where a mail server is set', async () => {
    const lab = await openApiLab([NotificationsApiModule, IdentityApiModule, StoresApiModule], {
      SMTP_URL: 'smtp://127.0.0.1:1',
    });
    try {
      expect((await at(lab, '/mailbox')).status).toBe(404);
    } finally {
      await lab.close();
    }
  });
});
