import { z } from 'zod';

const text = z.string().trim();

export const newStore = z
  .object({
    name: text.min(1).max(100),
    handle: text.max(63).optional(),
    currency: z.string().regex(/^[A-Z]{3}$/, 'must be a currency code such as EUR'),
    country: z.string().regex(/^[A-Z]{2}$/, 'must be a country code such as DE'),
    locale: z.string().min(2).max(35),
  })
  .meta({ id: 'NewStore' });

export const signUpInput = z
  .object({
    email: z.email('must be an e-mail address').max(254),
    password: z.string().min(1).max(1000),
    name: text.min(1).max(100),
    store: newStore,
  })
  .meta({ id: 'SignUpInput' });

export const organization = z
  .object({ id: z.uuid(), name: z.string() })
  .meta({ id: 'Organization' });

export const store = z
  .object({
    id: z.uuid(),
    organizationId: z.uuid(),
    handle: z.string(),
    name: z.string(),
    state: z.enum(['open', 'suspended', 'closed']),
    currency: z.string(),
    country: z.string(),
    locale: z.string(),
    otherLocales: z.array(z.string()),
    email: z.string().nullable(),
    description: z.string().nullable(),
    timeZone: z.string(),
    passwordProtected: z.boolean(),
    createdAt: z.iso.datetime(),
    version: z.int(),
  })
  .meta({ id: 'Store' });

export const signedUp = z
  .object({ token: z.string(), organization, store })
  .meta({ id: 'SignedUp' });

export const storeInput = newStore.extend({ organizationId: z.uuid() }).meta({ id: 'StoreInput' });

export const storePatch = z
  .object({
    name: text.min(1).max(100),
    country: z.string(),
    locale: z.string().min(2).max(35),
    otherLocales: z.array(z.string().min(2).max(35)).max(20),
    email: z.email('must be an e-mail address').nullable(),
    description: z.string().max(500).nullable(),
    timeZone: z.string().max(64),
    storefrontPassword: z.string().min(1).max(100).nullable(),
  })
  .partial()
  .extend({ version: z.int().optional() })
  .meta({ id: 'StorePatch' });

export const myStore = z
  .object({
    id: z.uuid(),
    organizationId: z.uuid(),
    handle: z.string(),
    name: z.string(),
    state: z.string(),
    currency: z.string(),
    permissions: z.array(z.string()),
  })
  .meta({ id: 'MyStore' });

export const myStoreList = z
  .object({ items: z.array(myStore), nextCursor: z.string().nullable() })
  .meta({ id: 'MyStoreList' });

export const me = z
  .object({
    user: z.object({ id: z.uuid(), email: z.string(), name: z.string(), locale: z.string() }),
    organizations: z.array(organization),
  })
  .meta({ id: 'Me' });

export const auditEntry = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    actor: z.object({ kind: z.string(), userId: z.uuid().nullable(), label: z.string() }),
    action: z.string(),
    target: z.object({ kind: z.string(), id: z.string() }),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: 'AuditEntry' });

export const auditLog = z
  .object({ items: z.array(auditEntry), nextCursor: z.string().nullable() })
  .meta({ id: 'AuditLog' });

const storeIds = z.array(z.uuid()).min(1).max(1000).nullable().default(null);

export const role = z
  .object({
    id: z.uuid(),
    name: z.string(),
    permissions: z.array(z.string()),
    builtIn: z.boolean(),
  })
  .meta({ id: 'Role' });

export const roleInput = z
  .object({ name: text.min(1).max(60), permissions: z.array(z.string()).min(1).max(100) })
  .meta({ id: 'RoleInput' });

export const roleList = z
  .object({ items: z.array(role), nextCursor: z.null() })
  .meta({ id: 'RoleList' });

export const member = z
  .object({
    userId: z.uuid(),
    email: z.string(),
    name: z.string(),
    roleId: z.uuid(),
    role: z.string(),
    storeIds: z.array(z.uuid()).nullable(),
    joinedAt: z.iso.datetime(),
  })
  .meta({ id: 'Member' });

export const memberList = z
  .object({ items: z.array(member), nextCursor: z.string().nullable() })
  .meta({ id: 'MemberList' });

export const memberPatch = z.object({ roleId: z.uuid(), storeIds }).meta({ id: 'MemberPatch' });

export const invitation = z
  .object({
    id: z.uuid(),
    email: z.string(),
    role: z.string(),
    storeIds: z.array(z.uuid()).nullable(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Invitation' });

export const invitationList = z
  .object({ items: z.array(invitation), nextCursor: z.null() })
  .meta({ id: 'InvitationList' });

export const invitationInput = z
  .object({ email: z.email('must be an e-mail address').max(254), roleId: z.uuid(), storeIds })
  .meta({ id: 'InvitationInput' });

export const invitationAcceptInput = z
  .object({ token: z.string().min(1).max(200) })
  .meta({ id: 'InvitationAcceptInput' });

export const deadLetter = z
  .object({
    id: z.uuid(),
    name: z.string(),
    queue: z.string(),
    payload: z.unknown(),
    attempts: z.int(),
    error: z.string().nullable(),
    requestedAt: z.iso.datetime(),
    failedAt: z.iso.datetime(),
  })
  .meta({ id: 'DeadLetter' });

export const deadLetterList = z
  .object({ items: z.array(deadLetter), nextCursor: z.string().nullable() })
  .meta({ id: 'DeadLetterList' });
