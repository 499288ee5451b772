export { type Mail, Mailer } from './mailer';
export { SmtpMailer, type SmtpOptions } from './smtp-mailer';
export { type MailboxMail, MailboxMailer, type MailboxOptions } from './mailbox-mailer';
export { mailErrors } from './mail.errors';
