import { composeMail } from './compose-mail';

const invitation = (locale: string, inviter = 'Anna') =>
  composeMail({
    name: 'invitation',
    locale,
    link: 'https://example.com/?a=1&b=2',
    values: { inviter, organization: 'Kiln & Field', role: 'Designer' },
  });

describe('mails', () => {
  it('speaks the reader’s language, else English', () => {
    expect(invitation('de-AT').subject).toBe('Anna lädt Sie zu Kiln & Field ein');
    expect(invitation('zh-CN').subject).toContain('邀请');
    expect(invitation('sw').subject).toBe('Anna invites you to Kiln & Field');
  });

  it('carries the link in both forms', () => {
    expect(invitation('en').text).toContain('https://example.com/?a=1&b=2');
    expect(invitation('en').html).toContain('href="https://example.com/?a=1&amp;b=2"');
  });

  it('lets no value become markup or a header', () => {
    const mail = invitation('en', '<img src=x onerror=1>\r\nBcc: all@example.com');
    expect(mail.html).not.toContain('<img');
    expect(mail.subject).not.toMatch(/[\r\n]/);
  });
});
