import { randomBytes } from 'node:crypto';
import { AppError, isId } from '@libs/kernel';
import {
  type ExchangeOffers,
  type PageSetting,
  type ReturnDraft,
  type ReturnedLine,
  afterWordsIn,
  returnReasons,
  say,
} from '@renderer/checkout';
import type { FoundOrder } from '@renderer/orders';
import type { Input } from '../actions/read-input';
import { textOf } from './typed';

/** What of an order may come back, and what may be chosen instead. */
export interface Returnable {
  lines: FoundOrder['lines'];
  offers: ExchangeOffers;
}

/** What was chosen of it so far; a form that is new gets a key of its own. */
export function draftOf(
  token: string,
  { lines, offers: { currency, lines: offered } }: Returnable,
  input: Input,
): ReturnDraft {
  const key = textOf(input, 'key');
  const reason = textOf(input, 'reason');
  const isReason = (returnReasons as readonly string[]).includes(reason);
  const byLine = new Map(offered.map(({ lineId, offers }) => [lineId, offers]));
  return {
    token,
    key: /^[\w-]{16,64}$/.test(key) ? key : randomBytes(18).toString('base64url'),
    currency,
    reason: isReason ? reason : 'mind',
    note: textOf(input, 'note').trim(),
    lines: lines.map((line) => ({
      ...line,
      chosen: unitsOf(input, line),
      instead: textOf(groupOf(input, 'instead'), line.id),
      offers: (byLine.get(line.id) ?? []).map(
        ({ replacement: { variantId }, variantTitle: title, available, differenceMinor }) => ({
          variantId,
          title,
          available,
          differenceMinor,
        }),
      ),
    })),
  };
}

/** The units that are chosen, as orders take them. */
export function wishedLines({ lines, reason }: ReturnDraft) {
  return lines
    .filter(({ chosen }) => chosen > 0)
    .map(({ id, chosen, instead }) => ({
      lineId: id,
      quantity: chosen,
      reason,
      ...(instead === '' ? {} : { replacement: { variantId: instead } }),
    }));
}

/** What can be seen to be wrong with a draft before anybody is asked: a variant for no units, or what is none. */
export function withFaults(draft: ReturnDraft, { lang }: PageSetting): ReturnDraft {
  const words = afterWordsIn(lang);
  const faultOf = ({ title, chosen, instead }: ReturnedLine): string | null => {
    if (instead === '') return null;
    if (!isId(instead)) return say(words.noReplacement, { title });
    return chosen === 0 ? say(words.insteadUnits, { title }) : null;
  };
  const lines = draft.lines.map((line) => {
    const fault = faultOf(line);
    return fault === null ? line : { ...line, fault };
  });
  return { ...draft, lines };
}

/**
 * The draft with what the order refused, at the line that it was refused for.
 * @returns null for what is not about a replacement
 */
export function refusedDraft(
  draft: ReturnDraft,
  error: unknown,
  { lang }: PageSetting,
): ReturnDraft | null {
  if (!(error instanceof AppError)) return null;
  const words = afterWordsIn(lang);
  const sentence = sentences[error.code];
  const [, at] = /^lines\.(\d+)\.replacement/.exec(error.issues[0]?.field ?? '') ?? [];
  const refused = draft.lines.filter(({ chosen }) => chosen > 0)[Number(at)];
  if (!sentence || !refused) return null;
  const { title = '', available = 0 } = error.params;
  const isGone = sentence === 'insteadShort' && Number(available) <= 0;
  const fault = say(words[isGone ? 'insteadGone' : sentence], {
    title: String(title),
    available: Number(available),
  });
  const lines = draft.lines.map((line) => (line.id === refused.id ? { ...line, fault } : line));
  return { ...draft, lines };
}

const sentences: Readonly<Record<string, 'noReplacement' | 'insteadShort'>> = {
  'orders.no-replacement': 'noReplacement',
  'orders.replacement-price': 'noReplacement',
  'orders.out-of-stock': 'insteadShort',
};

/** How many units of a line a form chooses, no more than there are. */
export function unitsOf(input: Input, { id, quantity }: { id: string; quantity: number }): number {
  const count = Number(textOf(groupOf(input, 'units'), id));
  return Number.isInteger(count) ? Math.min(Math.max(count, 0), quantity) : 0;
}

function groupOf(input: Input, name: string): Input {
  const group = input[name];
  return typeof group === 'object' && group !== null && !Array.isArray(group)
    ? (group as Input)
    : {};
}
