import { z } from 'zod';

/** An e-mail address as people type it; it is compared and stored in lower case. */
export const email = z.email('must be an e-mail address').max(254);
const password = z.string().min(1).max(1000);

export const signInInput = z.object({ email, password }).meta({ id: 'SignInInput' });

export const user = z
  .object({ id: z.uuid(), email: z.string(), name: z.string(), locale: z.string() })
  .meta({ id: 'User' });

export const signedIn = z.object({ token: z.string(), user }).meta({ id: 'SignedIn' });

export const passwordResetInput = z.object({ email }).meta({ id: 'PasswordResetInput' });

export const passwordResetConfirmInput = z
  .object({ token: z.string().min(1).max(200), password })
  .meta({ id: 'PasswordResetConfirmInput' });

export const session = z
  .object({
    id: z.uuid(),
    userAgent: z.string().nullable(),
    ip: z.string().nullable(),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime(),
    current: z.boolean(),
  })
  .meta({ id: 'Session' });

export const sessionList = z
  .object({ items: z.array(session), nextCursor: z.null() })
  .meta({ id: 'SessionList' });

export const apiTokenInput = z
  .object({
    name: z.string().trim().min(1).max(100),
    scopes: z
      .array(z.string().regex(/^[a-z]+\.[a-z]+$/))
      .min(1)
      .max(100),
    expiresAt: z.iso.datetime().nullable().default(null),
  })
  .meta({ id: 'ApiTokenInput' });

export const apiToken = z
  .object({
    id: z.uuid(),
    name: z.string(),
    hint: z.string(),
    scopes: z.array(z.string()),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable(),
    expiresAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ApiToken' });

export const newApiToken = apiToken.extend({ secret: z.string() }).meta({ id: 'NewApiToken' });

export const apiTokenList = z
  .object({ items: z.array(apiToken), nextCursor: z.null() })
  .meta({ id: 'ApiTokenList' });
