import type { OrderSnapshot } from '@libs/orders';
import { checkEmail } from '../addresses/check-address';
import type { Properties } from './cart';

/** Whom the gift cards of a line are for, as an order keeps it. */
export type GiftRecipient = NonNullable<OrderSnapshot['lines'][number]['recipient']>;

/** A field of the gift form, as Shopify's themes call it. */
export type GiftField = 'email' | 'name' | 'message' | 'send_on';

/** What is wrong with a field; `most` counts characters, days are `YYYY-MM-DD`. */
export type GiftFault = { field: GiftField } & (
  | { reason: 'missing' | 'invalid' }
  | { reason: 'too-long'; most: number }
  | { reason: 'day'; first: string; last: string }
);

/** The days on which a gift card may be sent, where the store is. */
export interface GiftDays {
  first: string;
  last: string;
}

/** How long the texts may be: Shopify's limits. */
export const giftLimits = { name: 255, message: 200 } as const;

/** The properties of a line by which a gift form speaks; the names are Shopify's, so that its themes' forms work. */
const names: Record<GiftField, string> = {
  email: 'Recipient email',
  name: 'Recipient name',
  message: 'Message',
  send_on: 'Send on',
};

/** Says that the line is meant for somebody: `on` from a ticked box, `if_present` from a form that works without scripts. */
const flags = ['__send_gift_card_to_recipient', '__shopify_send_gift_card_to_recipient'];

/** The buyer's distance from UTC, which Shopify's forms send; here a day begins where the store is. */
const ignored = ['__shopify_offset'];

const fields = Object.keys(names) as GiftField[];
const ours = new Set([...flags, ...ignored, ...Object.values(names)]);

/** Which field of the gift form a property is; null for any other property. */
export function giftFieldOf(property: string): GiftField | null {
  return fields.find((field) => names[field] === property) ?? null;
}

/** Whether a line's properties speak of a recipient at all. */
export function speaksOfRecipient(properties: Properties): boolean {
  return properties.some(([name, value]) => flags.includes(name) && asked(value));
}

/** The properties without what was said of a recipient. */
export function withoutRecipient(properties: Properties): Properties {
  return speaksOfRecipient(properties)
    ? properties.filter(([name]) => !ours.has(name))
    : properties;
}

/**
 * Reads whom a line of gift cards is for. Of a form that says `if_present`, one that was left blank means nobody.
 * @param days null where the day is not judged any more, such as of what is in a cart already
 */
export function readGiftWish(
  properties: Properties,
  days: GiftDays | null,
): { recipient: GiftRecipient | null } | { faults: GiftFault[] } {
  if (!speaksOfRecipient(properties)) return { recipient: null };
  const typed = new Map(properties.map(([name, value]) => [name, value.trim()]));
  const said = (field: GiftField): string => typed.get(names[field]) ?? '';
  const ticked = flags.some((flag) => asked(typed.get(flag)) && typed.get(flag) !== 'if_present');
  if (!ticked && fields.every((field) => said(field) === '')) return { recipient: null };
  const faults = [
    ...emailFaults(said('email')),
    ...tooLong('name', said('name')),
    ...tooLong('message', said('message')),
    ...dayFaults(said('send_on'), days),
  ];
  if (faults.length > 0) return { faults };
  const recipient = {
    email: checkEmail(said('email')),
    name: said('name') || null,
    message: said('message') || null,
    sendOn: said('send_on') || null,
  };
  return { recipient };
}

/**
 * The properties as a cart keeps them: of a recipient what was filled in, in one order, so that equal wishes share a
 * line; of nobody nothing.
 */
export function settledProperties(
  properties: Properties,
  recipient: GiftRecipient | null,
): Properties {
  const others = withoutRecipient(properties);
  if (recipient === null) return others;
  const { email, name, message, sendOn } = recipient;
  const said: [GiftField, string | null][] = [
    ['email', email],
    ['name', name],
    ['message', message],
    ['send_on', sendOn],
  ];
  const flag = properties.find(([property]) => flags.includes(property))?.[0] ?? flags[0] ?? '';
  const kept = said.flatMap(([field, value]): [string, string][] =>
    value === null ? [] : [[names[field], value]],
  );
  return [...others, ...kept, [flag, 'on']];
}

/** Whom a line that was sold is for; what cannot be read is for the buyer. */
export function recipientOfLine(line: {
  giftCard: boolean;
  properties: Properties;
}): GiftRecipient | null {
  const read = line.giftCard ? readGiftWish(line.properties, null) : { recipient: null };
  return 'recipient' in read ? read.recipient : null;
}

function asked(value: string | undefined): boolean {
  return !['', '0', 'false', 'off', 'no'].includes(value?.trim().toLowerCase() ?? '');
}

function emailFaults(email: string): GiftFault[] {
  if (email === '') return [{ field: 'email', reason: 'missing' }];
  return checkEmail(email) === null ? [{ field: 'email', reason: 'invalid' }] : [];
}

function tooLong(field: 'name' | 'message', text: string): GiftFault[] {
  const most = giftLimits[field];
  return [...text].length > most ? [{ field, reason: 'too-long', most }] : [];
}

function dayFaults(day: string, days: GiftDays | null): GiftFault[] {
  const field = 'send_on';
  if (day === '') return [];
  if (!isDay(day)) return [{ field, reason: 'invalid' }];
  if (days === null || (day >= days.first && day <= days.last)) return [];
  return [{ field, reason: 'day', ...days }];
}

/** Whether a text is a day of the calendar, `YYYY-MM-DD`. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
