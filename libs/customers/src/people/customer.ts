/** What may be done as a customer: `guest` has no account, `enabled` may sign in. */
export type CustomerState = 'guest' | 'enabled' | 'disabled' | 'erased';

/** A shopper whom the store knows. */
export interface Customer {
  id: string;
  /** The integer by which themes know them. */
  publicId: number;
  /** Null once erased. */
  email: string | null;
  firstName: string;
  lastName: string;
  phone: string | null;
  locale: string;
  state: CustomerState;
  /** When the owner of the address proved to be the one who signs in. */
  emailVerifiedAt: Date | null;
  /** Whether advertising mail is allowed; the consents say since when and by which page. */
  emailMarketing: boolean;
  tags: string[];
  note: string;
  groupIds: string[];
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

/** What a merchant writes of a customer. */
export type CustomerInput = Pick<
  Customer,
  'email' | 'firstName' | 'lastName' | 'phone' | 'locale' | 'tags' | 'note'
> & { email: string };

/** The columns of a customer, in a query whose table is called `c`. */
export const customerColumns = `c.customer_id AS id, c.public_id AS "publicId", c.email,
  c.first_name AS "firstName", c.last_name AS "lastName", c.phone, c.locale, c.state,
  c.email_verified_at AS "emailVerifiedAt", c.email_marketing AS "emailMarketing", c.tags, c.note,
  ARRAY(SELECT m.group_id FROM customer_group_members m
    WHERE m.store_id = c.store_id AND m.customer_id = c.customer_id ORDER BY 1) AS "groupIds",
  c.version, c.created_at AS "createdAt", c.updated_at AS "updatedAt"`;

/** The address as it is kept and compared: without spaces around it, in small letters. */
export function normalEmail(email: string): string {
  return email.trim().toLowerCase();
}
