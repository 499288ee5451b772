import { z } from 'zod';

const name = z.string().trim().max(200, 'has at most 200 characters');
const tag = z
  .string()
  .trim()
  .min(1, 'a tag is not empty')
  .max(255, 'a tag has at most 255 characters');
const locale = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'must be a language tag');

const fields = {
  email: z.email('must be an e-mail address').max(254),
  firstName: name,
  lastName: name,
  phone: z.string().trim().max(50, 'has at most 50 characters').nullable(),
  locale,
  tags: z.array(tag).max(250, 'has at most 250 tags'),
  note: z.string().max(5000, 'has at most 5000 characters'),
};

export const customerInput = z
  .object({
    ...fields,
    firstName: name.default(''),
    lastName: name.default(''),
    phone: fields.phone.default(null),
    locale: locale.default('en'),
    tags: fields.tags.default([]),
    note: fields.note.default(''),
  })
  .meta({ id: 'CustomerInput' });

export const customerPatch = z
  .object({ ...fields, state: z.enum(['guest', 'enabled', 'disabled']), version: z.int() })
  .partial()
  .meta({ id: 'CustomerPatch' });

export const customer = z
  .object({
    id: z.uuid(),
    publicId: z.int(),
    email: z.string().nullable(),
    firstName: z.string(),
    lastName: z.string(),
    phone: z.string().nullable(),
    locale: z.string(),
    state: z.enum(['guest', 'enabled', 'disabled', 'erased']),
    emailVerifiedAt: z.iso.datetime().nullable(),
    emailMarketing: z.boolean(),
    tags: z.array(z.string()),
    note: z.string(),
    groupIds: z.array(z.uuid()),
    version: z.int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Customer' });

export const customerList = z
  .object({ items: z.array(customer), nextCursor: z.string().nullable() })
  .meta({ id: 'CustomerList' });

export const customerFilter = z.object({
  query: z.string().max(200).optional(),
  tag: z.string().max(255).optional(),
  groupId: z.uuid().optional(),
});

export const consentInput = z
  .object({
    kind: z.enum(['email_marketing']),
    granted: z.boolean(),
    source: z.string().min(1).max(200),
  })
  .meta({ id: 'ConsentInput' });

export const consent = z
  .object({
    kind: z.enum(['email_marketing']),
    granted: z.boolean(),
    source: z.string(),
    at: z.iso.datetime(),
  })
  .meta({ id: 'Consent' });

export const customerAddress = z
  .object({
    id: z.uuid(),
    publicId: z.int(),
    isDefault: z.boolean(),
    firstName: z.string(),
    lastName: z.string(),
    company: z.string(),
    address1: z.string(),
    address2: z.string(),
    zip: z.string(),
    city: z.string(),
    province: z.string(),
    country: z.string(),
    phone: z.string(),
  })
  .meta({ id: 'CustomerAddress' });

export const consentList = z
  .object({ items: z.array(consent), nextCursor: z.string().nullable() })
  .meta({ id: 'ConsentList' });

/** Everything that the store keeps of a customer. */
export const customerExport = z
  .object({
    customer,
    addresses: z.array(customerAddress),
    consents: z.array(consent),
    groups: z.array(z.string()),
    /** What else is kept, by its name: `orders`, `checkouts`, `contactMessages` and more. */
    records: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
  })
  .meta({ id: 'CustomerExport' });

const groupName = z
  .string()
  .trim()
  .min(1, 'a group has a name')
  .max(100, 'has at most 100 characters');

export const customerGroupInput = z.object({ name: groupName }).meta({ id: 'CustomerGroupInput' });

export const customerGroupPatch = z
  .object({ name: groupName, version: z.int().optional() })
  .meta({ id: 'CustomerGroupPatch' });

export const customerGroup = z
  .object({
    id: z.uuid(),
    name: z.string(),
    size: z.int(),
    version: z.int(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'CustomerGroup' });

export const customerGroupList = z
  .object({ items: z.array(customerGroup), nextCursor: z.string().nullable() })
  .meta({ id: 'CustomerGroupList' });

const members = z.array(z.uuid()).max(1000, 'at most 1000 customers at once').default([]);

export const groupMembersInput = z
  .object({ addCustomerIds: members, removeCustomerIds: members })
  .meta({ id: 'GroupMembersInput' });
