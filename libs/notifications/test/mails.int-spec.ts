import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { IdentityApiModule } from '@api/identity';
import { StoresApiModule } from '@api/stores';
import { type ApiLab, openApiLab } from '@testing';
import { NotificationsWorkerModule } from '@worker/notifications';

describe('mails that events ask for', () => {
  let lab: ApiLab;

  beforeAll(async () => {
    lab = await openApiLab([IdentityApiModule, StoresApiModule, NotificationsWorkerModule]);
  });
  afterAll(() => lab.close());

  const lastMail = async () => {
    const folder = join(lab.home, 'mailbox');
    const files = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort();
    const mail = await PostalMime.parse(await readFile(join(folder, files.at(-1) ?? '')));
    return mail;
  };

  it('resets a password with the link of the mail', async () => {
    const { email } = await lab.aMerchant();
    await lab.call('POST /password-resets', { body: { email } });
    await lab.drain();
    const mail = await lastMail();
    expect(mail.to?.[0]?.address).toBe(email);
    const token = /\/admin\/reset\/([\w-]+)/.exec(mail.text ?? '')?.[1];
    const answer = await lab.call('POST /password-resets/confirm', {
      body: { token, password: 'a brand new password' },
    });
    expect(answer.status).toBe(204);
  });

  it('joins an organization with the link of the mail', async () => {
    const anna = await lab.aMerchant();
    const bert = await lab.aMerchant();
    const roles = await lab.call(`GET /organizations/${anna.organizationId}/roles`, {
      token: anna.token,
    });
    await lab.call(`POST /organizations/${anna.organizationId}/invitations`, {
      token: anna.token,
      body: { email: bert.email, roleId: roles.body.items[0].id },
    });
    await lab.drain();
    const token = /\/admin\/invite\/([\w-]+)/.exec((await lastMail()).text ?? '')?.[1];
    const answer = await lab.call('POST /invitations/accept', {
      token: bert.token,
      body: { token },
    });
    expect([answer.status, answer.body.id]).toEqual([200, anna.organizationId]);
  });
});
