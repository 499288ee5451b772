import { z } from 'zod';

const kind = z.string().max(100);
const locale = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'must be a language tag');
const words = {
  subject: z
    .string()
    .trim()
    .min(1, 'a mail has a subject')
    .max(300, 'has at most 300 characters')
    .regex(/^[^\r\n]*$/, 'is one line'),
  body: z
    .string()
    .max(20_000, 'has at most 20,000 characters')
    .transform((text) => text.replaceAll('\r\n', '\n')),
};

/** The words of one mail in one language. */
export const mailTemplate = z
  .object({
    kind: z.string(),
    locale: z.string(),
    subject: z.string(),
    body: z.string(),
    /** What `{{…}}` may name. */
    fields: z.array(z.string()),
    /** Whether the store wrote it; else the words are ours. */
    customized: z.boolean(),
    version: z.int(),
  })
  .meta({ id: 'MailTemplate' });

export const mailTemplateList = z
  .object({ items: z.array(mailTemplate), nextCursor: z.null() })
  .meta({ id: 'MailTemplateList' });

export const mailTemplateInput = z
  .object({ kind, locale, ...words })
  .meta({ id: 'MailTemplateInput' });

export const mailTemplateKey = z.object({ kind, locale }).meta({ id: 'MailTemplateKey' });

/** Without words, the words that are sent now. */
export const mailPreviewInput = z
  .object({ kind, locale, subject: words.subject.optional(), body: words.body.optional() })
  .meta({ id: 'MailPreviewInput' });

export const mailPreview = z
  .object({ subject: z.string(), text: z.string(), html: z.string() })
  .meta({ id: 'MailPreview' });

export const mailTest = z.object({ to: z.string() }).meta({ id: 'MailTest' });
