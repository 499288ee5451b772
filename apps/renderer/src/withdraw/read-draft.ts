import { randomBytes } from 'node:crypto';
import { type AfterWords, type Faults, type WithdrawalDraft, checkEmail } from '@renderer/checkout';
import { unitsOf } from '../checkout/return-draft';
import { textOf } from '../checkout/typed';
import type { Input } from '../actions/read-input';

/** An order whose page leads to the form. */
export interface LinkedOrder {
  orderId: string;
  token: string;
  /** As it is shown: #1001. */
  name: string;
  lines: readonly { id: string; title: string; quantity: number }[];
}

/** Reads what was typed; nothing that was sent is trusted further than a text. */
export function readDraft(
  input: Input,
  order: LinkedOrder | null,
  fallback: { name: string; email: string },
  now: Date,
): WithdrawalDraft {
  const one = (name: string, most: number): string => textOf(input, name).trim().slice(0, most);
  const key = one('key', 64);
  return {
    key: /^[\w-]{16,64}$/.test(key) ? key : randomBytes(18).toString('base64url'),
    submittedAt: submittedAt(one('submitted_at', 40), now),
    name: input['name'] === undefined ? fallback.name : one('name', 200),
    reference: order?.name ?? one('reference', 100),
    email: input['email'] === undefined ? fallback.email : one('email', 254),
    goods: one('goods', 1_000),
    order: order && {
      token: order.token,
      whole: one('scope', 10) !== 'some',
      lines: order.lines.map((line) => ({ ...line, chosen: unitsOf(input, line) })),
    },
  };
}

/** What is wrong with it, by field. */
export function draftFaults(draft: WithdrawalDraft, words: AfterWords): Faults {
  const faults: Record<string, string> = {};
  if (draft.name === '') faults['name'] = words.needName;
  if (draft.reference === '') faults['reference'] = words.needReference;
  if (checkEmail(draft.email) === null) faults['email'] = words.needEmail;
  const { order } = draft;
  if (order && !order.whole && order.lines.every(({ chosen }) => chosen === 0))
    faults['scope-some'] = words.chooseGoods;
  return faults;
}

/** A form keeps the time of the first step; one that cannot be right is now. */
function submittedAt(text: string, now: Date): string {
  const at = Date.parse(text);
  const isRight = at <= now.getTime() && at > now.getTime() - 24 * 60 * 60 * 1000;
  return new Date(isRight ? at : now).toISOString();
}
