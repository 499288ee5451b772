import { Inject, Injectable } from '@nestjs/common';
import { ContactMessages, NewsletterSignUps } from '@renderer/customers';
import { isStorePassword } from '@renderer/stores';
import { CONFIG, type Config } from '@platform/config';
import { Db } from '@platform/database';
import { takeToken } from '@platform/http';
import type { Site } from '../../1-resolve-store/resolve-store';
import { withLocale } from '../../2-match-route/locale-prefix';
import { plainPage, redirect } from '../../5-send-response/plain-page';
import { PasswordGate } from '../../password/password-gate';
import type { ShopRequest, ShopResponse } from '../../shop-request';
import { type Input, readInput } from '../read-input';
import { mayWrite, ownPath, ownReferrer } from '../same-origin';
import { type FormResult, FormResults, type SentType } from './form-results';
import { formSentence } from './form-sentence';
import { isRobot } from './is-robot';
import { Localisation } from './localisation';
import { type FormFault, readContact, readNewsletter } from './read-form';

type StoreSite = Extract<Site, { kind: 'store' }>;

/** Renders the page behind a path of the store with the result of a form on it. */
export type ShowResult = (path: string, result: FormResult) => Promise<ShopResponse>;

/** A form that came in. */
interface Sent {
  site: StoreSite;
  request: ShopRequest;
  input: Input;
  /** The page that it was sent from. */
  from: string;
}

/** What became of a form. */
interface Outcome {
  faults: FormFault[];
  values: Record<string, string>;
  /** Of a form that was taken: cookies to set. */
  cookies?: string[];
}

/** How often one address may send a form to a store. Ten minutes refill a bucket. */
const limits: Partial<Record<SentType, number>> = { contact: 5, newsletter: 10, password: 10 };
const refillSeconds = 600;

/** What a shopper sends by the forms of `{{#form}}` that are not the cart's: taken or not, the way leads back. */
@Injectable()
export class FormActions {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Db) private readonly db: Db,
    @Inject(ContactMessages) private readonly messages: ContactMessages,
    @Inject(NewsletterSignUps) private readonly signUps: NewsletterSignUps,
    @Inject(PasswordGate) private readonly gate: PasswordGate,
    @Inject(FormResults) private readonly results: FormResults,
    @Inject(Localisation) private readonly localisation: Localisation,
  ) {}

  /**
   * Answers a POST to `/contact`, `/newsletter`, `/localization` or `/password` with 303 to the page that it came from.
   * @param show the page itself with the result, for a form that says more than a cookie can carry
   */
  async answer(
    site: StoreSite,
    type: SentType,
    request: ShopRequest,
    show: ShowResult,
  ): Promise<ShopResponse> {
    if (!mayWrite(request)) return plainPage('foreign-form', request.id);
    const input = await readInput(request);
    if (typeof input === 'string') return plainPage('bad-form', request.id);
    const asked = typeof input.return_to === 'string' ? ownPath(input.return_to) : null;
    const from = asked ?? ownReferrer(request) ?? withLocale('/', request.locale);
    if (type === 'localization') return this.localisation.answer(site, input, from, request);
    const sent = { site, request, input, from };
    const outcome = await this.take(type, sent);
    if (type === 'password' && outcome.faults.length === 0) return entered(outcome, from);
    const result = await this.resultOf(type, sent, outcome);
    const cookie = this.results.carry(site.storeId, result, request.secure);
    if (cookie === null) return show(from, result);
    return redirect(303, anchored(from, result.id), cookie);
  }

  private async take(type: Exclude<SentType, 'localization'>, sent: Sent): Promise<Outcome> {
    if (await this.isTooOften(type, sent)) {
      const { values } = type === 'password' ? nothingTyped : readContact(sent.input);
      return { faults: [{ field: 'form', reason: 'too-often' }], values };
    }
    if (type === 'password') return this.enter(sent);
    return type === 'contact' ? this.contact(sent) : this.signUp(sent);
  }

  private async contact(sent: Sent): Promise<Outcome> {
    const { values, faults, form } = readContact(sent.input);
    if (form && !isRobot(sent.input)) {
      const locale = await this.localeOf(sent);
      await this.db.write(sent.site.storeId, async (store) => {
        await this.messages.receive(store, { ...form, page: sent.from, locale });
      });
    }
    return { faults, values };
  }

  private async signUp(sent: Sent): Promise<Outcome> {
    const { values, faults, form } = readNewsletter(sent.input);
    if (form && !isRobot(sent.input)) {
      const locale = await this.localeOf(sent);
      await this.db.write(sent.site.storeId, async (store) => {
        await this.signUps.signUp(store, { ...form, source: sent.from, locale });
      });
    }
    return { faults, values };
  }

  private async enter({ site: { storeId }, request, input }: Sent): Promise<Outcome> {
    const hash = await this.gate.hashOf(storeId);
    const given = typeof input.password === 'string' ? input.password.slice(0, 200) : '';
    if (hash !== null && !(await isStorePassword(given, hash))) {
      return { faults: [{ field: 'password', reason: 'wrong-password' }], values: {} };
    }
    const cookies = hash === null ? [] : [this.gate.pass(storeId, hash, request.secure)];
    return { faults: [], values: {}, cookies };
  }

  private async isTooOften(type: SentType, { site, request }: Sent): Promise<boolean> {
    const limit = limits[type];
    if (limit === undefined || !this.config.rateLimits) return false;
    const bucket = `form-${type}:${site.storeId}:ip:${request.ip}`;
    return (await takeToken(this.db, bucket, { limit, perSeconds: refillSeconds })) !== null;
  }

  private async localeOf({ site, request }: Pick<Sent, 'site' | 'request'>): Promise<string> {
    return this.localisation.localeOf(site.storeId, request);
  }

  private async resultOf(
    type: SentType,
    { site, request, input }: Sent,
    { faults, values }: Outcome,
  ): Promise<FormResult> {
    const locale = await this.localeOf({ site, request });
    const errors = faults.map((fault) => ({
      field: fault.field,
      message: formSentence(fault, locale),
    }));
    const good = errors.length === 0;
    const id = typeof input.form_id === 'string' && idPattern.test(input.form_id);
    return {
      type,
      id: id ? (input.form_id as string) : null,
      posted_successfully: good,
      errors,
      values: good ? {} : values,
    };
  }
}

const idPattern = /^[A-Za-z][\w-]{0,99}$/;
const nothingTyped = { values: {} };

/** Somebody who knew the password goes on to where they wanted to go. */
function entered({ cookies = [] }: Outcome, from: string): ShopResponse {
  const to = /^\/password(?:[/?#]|$)/.test(from) ? '/' : from;
  return redirect(303, to, cookies.length === 0 ? {} : { 'set-cookie': cookies });
}

/** The page, at the form that was sent. */
function anchored(path: string, id: string | null): string {
  return id === null ? path : `${path.split('#')[0]}#${id}`;
}
