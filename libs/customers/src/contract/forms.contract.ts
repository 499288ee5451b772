import { z } from 'zod';

export const contactMessage = z
  .object({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    phone: z.string(),
    body: z.string(),
    fields: z.record(z.string(), z.string()),
    page: z.string(),
    locale: z.string(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'ContactMessage' });

export const contactMessageList = z
  .object({ items: z.array(contactMessage), nextCursor: z.string().nullable() })
  .meta({ id: 'ContactMessageList' });

export const newsletterSignUp = z
  .object({
    id: z.uuid(),
    email: z.string(),
    source: z.string(),
    locale: z.string(),
    consentedAt: z.iso.datetime(),
  })
  .meta({ id: 'NewsletterSignUp' });

export const newsletterSignUpList = z
  .object({ items: z.array(newsletterSignUp), nextCursor: z.string().nullable() })
  .meta({ id: 'NewsletterSignUpList' });
