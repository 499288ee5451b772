import { Injectable } from '@nestjs/common';
import type { StoreReader, StoreWriter } from '@platform/database';
import { notificationsErrors } from '../notifications.errors';
import { type ComposedMail, type MailLink, layBlocks } from './compose-mail';
import { type MailKind, findMailKind, mailKinds, sampleValues, templateOf } from './mail-kinds';
import { type MailTemplate, TemplateFault, fillTemplate, readTemplate } from './mail-template';
import { isolatedValues } from './marks';

/** A mail's words in one language. */
export interface MailTemplateView extends MailTemplate {
  kind: string;
  locale: string;
  fields: readonly string[];
  /** Whether the store wrote it. */
  customized: boolean;
  version: number;
}

interface Own extends MailTemplate {
  kind: string;
  locale: string;
  version: number;
}

const own = `SELECT kind, locale, subject, body, version FROM mail_templates WHERE store_id = $1`;

/** The words of a store's mails: its own where it wrote some, else ours. */
@Injectable()
export class MailTemplates {
  /** Every kind in these languages, and what the store wrote in others. */
  async list(store: StoreReader, locales: readonly string[]): Promise<MailTemplateView[]> {
    const written = await store.query<Own>(`${own} ORDER BY locale`, [store.storeId]);
    return mailKinds.flatMap((kind) => {
      const of = written.filter((one) => one.kind === kind.kind);
      const all = [...new Set([...locales, ...of.map(({ locale }) => locale)])];
      return all.map((locale) =>
        view(
          kind,
          locale,
          of.find((one) => one.locale === locale),
        ),
      );
    });
  }

  /** @throws notifications.mail-kind-not-found */
  async get(store: StoreReader, kind: string, locale: string): Promise<MailTemplateView> {
    const known = getKind(kind);
    const written = await store.query<Own>(`${own} AND kind = $2 AND locale = $3`, [
      store.storeId,
      kind,
      locale,
    ]);
    return view(known, locale, written[0]);
  }

  /**
   * What the store wrote for a reader of that language, or of its plain language (`de` for `de-AT`); else null, for our
   * own words.
   */
  async find(store: StoreReader, kind: string, locale: string): Promise<MailTemplate | null> {
    const [found] = await store.query<MailTemplate>(
      `${own} AND kind = $2 AND locale IN ($3, $4) ORDER BY locale = $3 DESC LIMIT 1`,
      [store.storeId, kind, locale, locale.split('-')[0]],
    );
    return found ?? null;
  }

  /**
   * Keeps words of the store's own.
   * @throws notifications.mail-kind-not-found, notifications.mail-template with part and line
   */
  async save(store: StoreWriter, kind: string, locale: string, text: MailTemplate): Promise<void> {
    check(getKind(kind), text);
    await store.execute(
      `INSERT INTO mail_templates (store_id, kind, locale, subject, body) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (store_id, kind, locale) DO UPDATE SET subject = excluded.subject, body = excluded.body,
         version = mail_templates.version + 1, updated_at = now()`,
      [store.storeId, kind, locale, text.subject, text.body],
    );
    const target = { kind: 'mail-template', id: `${kind} ${locale}` };
    store.record({ action: 'mail-template.saved', target, after: { ...text } });
  }

  /** Goes back to our words. @throws notifications.mail-kind-not-found */
  async reset(store: StoreWriter, kind: string, locale: string): Promise<void> {
    getKind(kind);
    const gone = await store.execute(
      'DELETE FROM mail_templates WHERE store_id = $1 AND kind = $2 AND locale = $3',
      [store.storeId, kind, locale],
    );
    const target = { kind: 'mail-template', id: `${kind} ${locale}` };
    if (gone > 0) store.record({ action: 'mail-template.reset', target });
  }

  /** How a mail of these words looks, with made-up contents. Throws what `save` does. */
  preview(kind: string, text: MailTemplate, { locale, store }: PreviewPlace): ComposedMail {
    const known = getKind(kind);
    check(known, text);
    const values = { ...sampleValues, store };
    const place = { locale, link: 'https://example.com/', values, always: ['withdrawal'] };
    return layTemplate(text, known, place);
  }
}

interface PreviewPlace {
  locale: string;
  /** The store's name. */
  store: string;
}

/** What a mail in the store's own words is filled with. */
interface OwnMail extends MailLink {
  values: Record<string, string>;
  /** Fields that the mail has to say, such as where to withdraw: our sentence is added when the store's has none. */
  always?: readonly string[];
}

/**
 * A mail in the store's own words.
 * @returns null where there are none, or they do not fit the mail any more: then ours are said
 */
export function layOwn(
  template: MailTemplate | null,
  kind: string,
  mail: OwnMail,
): ComposedMail | null {
  const known = findMailKind(kind);
  if (template === null || known === null) return null;
  try {
    return layTemplate(template, known, mail);
  } catch (error) {
    if (error instanceof TemplateFault) return null;
    throw error;
  }
}

function layTemplate(
  { subject, body }: MailTemplate,
  kind: MailKind,
  { values: given, always = [], ...place }: OwnMail,
): ComposedMail {
  const values = isolatedValues(given);
  const rules = { fields: kind.fields, button: true };
  const line = fillTemplate(readTemplate(subject, 'subject', rules), values);
  const blocks = fillTemplate(readTemplate(body, 'body', rules), values);
  const unsaid = always.filter((name) => {
    const value = values[name] ?? '';
    return !blocks.some(({ text }) => text.includes(value));
  });
  const added = unsaid
    .flatMap((name) => sentencesOf(kind, place.locale, name))
    .flatMap((text) =>
      fillTemplate(readTemplate(text, 'body', { ...rules, button: false }), values),
    );
  const written = line.map(({ text }) => text).join(' ');
  return layBlocks(written, [...blocks, ...added], { brand: given['store'] ?? '', ...place });
}

/** The paragraphs of our words that name a field. */
function sentencesOf(kind: MailKind, locale: string, field: string): string[] {
  const { body } = templateOf(kind.words(locale));
  return body.split('\n\n').filter((paragraph) => paragraph.includes(`{{${field}}}`));
}

function view(kind: MailKind, locale: string, written?: Own): MailTemplateView {
  const { subject, body, version } = written ?? { ...templateOf(kind.words(locale)), version: 0 };
  const customized = written !== undefined;
  return { kind: kind.kind, locale, fields: kind.fields, subject, body, customized, version };
}

function getKind(name: string): MailKind {
  const found = findMailKind(name);
  if (!found) throw notificationsErrors.error('mail-kind-not-found', {}, { field: 'kind' });
  return found;
}

function check({ fields }: MailKind, { subject, body }: MailTemplate): void {
  const rules = { fields, button: true };
  try {
    readTemplate(subject, 'subject', rules);
    readTemplate(body, 'body', rules);
  } catch (error) {
    if (!(error instanceof TemplateFault)) throw error;
    const { part, line, reason } = error;
    throw notificationsErrors.error('mail-template', { part, line, reason }, { field: part });
  }
}
