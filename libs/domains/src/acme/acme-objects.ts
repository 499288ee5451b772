import { z } from 'zod';

const problem = z.looseObject({
  type: z.string().optional(),
  detail: z.string().optional(),
  subproblems: z
    .array(
      z.looseObject({
        type: z.string().optional(),
        detail: z.string().optional(),
        identifier: z.looseObject({ value: z.string() }).optional(),
      }),
    )
    .optional(),
});

export const acmeProblem = problem;

export const acmeDirectory = z.looseObject({
  newNonce: z.url(),
  newAccount: z.url(),
  newOrder: z.url(),
  meta: z.looseObject({ caaIdentities: z.array(z.string()).optional() }).optional(),
});
export type AcmeDirectory = z.infer<typeof acmeDirectory>;

export const acmeAccount = z.looseObject({ status: z.string() });

export const acmeOrder = z.looseObject({
  status: z.enum(['pending', 'ready', 'processing', 'valid', 'invalid']),
  expires: z.string().optional(),
  identifiers: z.array(z.looseObject({ type: z.string(), value: z.string() })),
  authorizations: z.array(z.url()),
  finalize: z.url(),
  certificate: z.url().optional(),
  error: problem.optional(),
});
export type AcmeOrder = z.infer<typeof acmeOrder>;

export const acmeChallenge = z.looseObject({
  type: z.string(),
  url: z.url(),
  status: z.enum(['pending', 'processing', 'valid', 'invalid']),
  token: z.string().optional(),
  error: problem.optional(),
});
export type AcmeChallenge = z.infer<typeof acmeChallenge>;

export const acmeAuthorization = z.looseObject({
  status: z.enum(['pending', 'valid', 'invalid', 'deactivated', 'expired', 'revoked']),
  identifier: z.looseObject({ type: z.string(), value: z.string() }),
  challenges: z.array(acmeChallenge),
});
export type AcmeAuthorization = z.infer<typeof acmeAuthorization>;
