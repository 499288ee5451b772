import type { Input } from '../read-input';

/** What is wrong with a form. */
export interface FormFault {
  /** The field, as the theme named it inside `contact[...]`; `form` for the form as a whole. */
  field: string;
  reason:
    | 'missing'
    | 'missing-field'
    | 'email'
    | 'too-long'
    | 'too-many-fields'
    | 'wrong-password'
    | 'wrong-login'
    | 'wrong-code'
    | 'weak-password'
    | 'unequal'
    | 'old-link'
    | 'signed-out'
    | 'gone'
    | 'too-often';
  /** The most that the field takes. */
  limit?: number;
}

/** What a contact form says. */
export interface ContactForm {
  email: string;
  name: string;
  phone: string;
  body: string;
  fields: Record<string, string>;
}

/** The form as it was typed, and what it says when nothing is wrong with it. */
export interface ReadForm<T> {
  values: Record<string, string>;
  faults: FormFault[];
  form: T | null;
}

/** Characters that a field of a contact form takes; others take `others`. */
const longest = { email: 254, name: 200, phone: 50, body: 10_000, others: 2_000 };
const mostOthers = 20;
const longestLabel = 100;

/** Whether a text may be an e-mail address: what the mail server says of it is known only by mailing. */
export function isEmail(text: string): boolean {
  return text.length <= longest.email && /^[^\s@"<>,;]{1,64}@[^\s@"<>,;]+\.[^\s@.]{2,}$/.test(text);
}

/** Reads a contact form: `contact[email]` and `contact[body]` are needed, any other field is taken. */
export function readContact(input: Input): ReadForm<ContactForm> {
  const values = typed(input);
  const { email = '', name = '', phone = '', body = '', ...fields } = values;
  const faults = [...emailFaults(email)];
  if (body === '') faults.push({ field: 'body', reason: 'missing' });
  for (const [field, text] of Object.entries(values)) {
    const limit = Object.hasOwn(longest, field)
      ? longest[field as keyof typeof longest]
      : longest.others;
    const named = field.length <= longestLabel ? field : 'form';
    if (field !== 'email' && text.length > limit)
      faults.push({ field: named, reason: 'too-long', limit });
    if (named === 'form') faults.push({ field: 'form', reason: 'too-many-fields' });
  }
  if (Object.keys(fields).length > mostOthers)
    faults.push({ field: 'form', reason: 'too-many-fields', limit: mostOthers });
  const form = faults.length === 0 ? { email, name, phone, body, fields } : null;
  return { values, faults, form };
}

/** Reads a newsletter form: `contact[email]`. */
export function readNewsletter(input: Input): ReadForm<{ email: string }> {
  const { email = '' } = typed(input);
  const faults = emailFaults(email);
  return { values: { email }, faults, form: faults.length === 0 ? { email } : null };
}

function emailFaults(email: string): FormFault[] {
  if (email === '') return [{ field: 'email', reason: 'missing' }];
  return isEmail(email) ? [] : [{ field: 'email', reason: 'email' }];
}

/** The texts of `contact[...]`, without white space around them; the line ends of forms are two characters. */
function typed({ contact }: Input): Record<string, string> {
  if (typeof contact !== 'object' || contact === null || Array.isArray(contact)) return {};
  return Object.fromEntries(
    Object.entries(contact).flatMap(([field, value]) =>
      typeof value === 'string' ? [[field, value.replaceAll('\r\n', '\n').trim()]] : [],
    ),
  );
}
