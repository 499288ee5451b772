import { Inject, Injectable } from '@nestjs/common';
import { ShopperSignIns } from '@renderer/checkout';
import { CustomerAccounts, CustomerAddresses, CustomerSessions } from '@renderer/customers';
import { CONFIG, type Config } from '@platform/config';
import { Db, type StoreWriter } from '@platform/database';
import { takeToken } from '@platform/http';
import { originOf } from '../1-resolve-store/canonical-host';
import type { Site } from '../1-resolve-store/resolve-store';
import { shopperOf } from '../3-load-page/shopper';
import type { FormFault } from '../actions/forms/read-form';
import type { Input } from '../actions/read-input';
import { isRobot } from '../actions/forms/is-robot';
import type { ShopRequest } from '../shop-request';
import type { AccountAction } from './account-route';
import { customerToken } from './customer-cookie';
import {
  emailFaults,
  lengthFaults,
  passwordFaults,
  readAddress,
  textsOf,
} from './read-account-form';

type StoreSite = Extract<Site, { kind: 'store' }>;

/** A form of an account that came in. */
export interface SentForm {
  site: StoreSite;
  request: ShopRequest;
  input: Input;
  action: AccountAction;
  /** Of a mailed link. */
  token: string | null;
  /** The language of the page. */
  locale: string;
}

/** What became of it: faults, or who is signed in now, or just done. */
export interface AccountOutcome {
  faults: FormFault[];
  /** What was typed and may be shown again: never a password. */
  values: Record<string, string>;
  /** The session that was opened. */
  session: string | null;
  /** The token of their cart, which is the one of every browser that they sign in with; null when they have none. */
  cart: string | null;
}

/** How often one address may send a form to a store, in ten minutes; a password has a thousand tries a week at most. */
const limits: Record<AccountAction, number> = {
  login: 20,
  register: 10,
  recover: 5,
  code: 10,
  address: 60,
  reset: 10,
  activate: 10,
};
const refillSeconds = 600;

/** What customers send by the forms of their account. */
@Injectable()
export class AccountActions {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Db) private readonly db: Db,
    @Inject(CustomerAccounts) private readonly accounts: CustomerAccounts,
    @Inject(CustomerSessions) private readonly sessions: CustomerSessions,
    @Inject(CustomerAddresses) private readonly addresses: CustomerAddresses,
    @Inject(ShopperSignIns) private readonly signIns: ShopperSignIns,
  ) {}

  /** Takes a form, unless too many came from the same place or about the same mailbox. */
  async take(form: SentForm): Promise<AccountOutcome> {
    const texts = textsOf(form.input, form.action === 'address' ? 'address' : 'customer');
    const { password: _, password_confirmation: __, ...values } = texts;
    if (await this.isTooOften(form, texts))
      return {
        faults: [{ field: 'form', reason: 'too-often' }],
        values,
        session: null,
        cart: null,
      };
    const { faults, session } = await this.guarded(() => this.answer(form, texts));
    const cart = session === null ? null : await this.bringCart(form, session);
    return { faults, values, session, cart };
  }

  /** Ends the session of this browser. */
  async signOut(storeId: string, cookies: string | undefined): Promise<void> {
    const token = customerToken(cookies);
    if (token !== null) await this.db.write(storeId, (store) => this.sessions.close(store, token));
  }

  /** What was put into the cart before signing in is the customer's from now on. */
  private bringCart(form: SentForm, session: string): Promise<string | null> {
    const { cartToken } = shopperOf(form.request.headers.cookie);
    return this.write(form, async (store) => {
      const customer = await this.sessions.customerOf(store, session);
      return customer && this.signIns.signIn(store, { customerId: customer.id, cartToken });
    });
  }

  private answer(form: SentForm, texts: Record<string, string>): Promise<Answer> {
    switch (form.action) {
      case 'login':
        return this.signIn(form, texts);
      case 'register':
        return this.register(form, texts);
      case 'recover':
        return this.recover(form, texts);
      case 'code':
        return this.code(form, texts);
      case 'address':
        return this.address(form, texts);
      default:
        return this.setPassword(form, texts);
    }
  }

  private async signIn(form: SentForm, texts: Record<string, string>): Promise<Answer> {
    const faults = emailFaults(texts);
    if (faults.length > 0) return refused(...faults);
    const { email = '', password = '' } = texts;
    const session = await this.write(form, (store) =>
      this.accounts.signIn(store, email, password.slice(0, 1_000)),
    );
    return session === null
      ? refused({ field: 'password', reason: 'wrong-login' })
      : { faults: [], session };
  }

  private async register(form: SentForm, texts: Record<string, string>): Promise<Answer> {
    const faults = [...emailFaults(texts), ...passwordFaults(texts), ...lengthFaults(texts)];
    if (faults.length > 0) return refused(...faults);
    if (isRobot(form.input)) return done;
    const {
      email = '',
      password = '',
      first_name: firstName = '',
      last_name: lastName = '',
    } = texts;
    const emailMarketing =
      texts['accepts_marketing'] === 'true' || texts['accepts_marketing'] === 'on';
    const source = '/account/register';
    const entry = { email, password, firstName, lastName, emailMarketing, source };
    const session = await this.write(form, (store) =>
      this.accounts.register(store, entry, this.mailing(form)),
    );
    return { faults: [], session };
  }

  private async recover(form: SentForm, texts: Record<string, string>): Promise<Answer> {
    const faults = emailFaults(texts);
    if (faults.length > 0) return refused(...faults);
    await this.write(form, (store) =>
      this.accounts.request(store, texts['email'] ?? '', 'reset', this.mailing(form)),
    );
    return done;
  }

  /** Without a code one is mailed; with it somebody is let in. */
  private async code(form: SentForm, texts: Record<string, string>): Promise<Answer> {
    const faults = emailFaults(texts);
    if (faults.length > 0) return refused(...faults);
    const { email = '', code } = texts;
    if (code === undefined) {
      await this.write(form, (store) =>
        this.accounts.request(store, email, 'sign_in', this.mailing(form)),
      );
      return done;
    }
    const session = await this.write(form, (store) =>
      this.accounts.signInByCode(store, email, code.replace(/\D/g, '').slice(0, 6)),
    );
    return session === null
      ? refused({ field: 'code', reason: 'wrong-code' })
      : { faults: [], session };
  }

  private async setPassword(form: SentForm, texts: Record<string, string>): Promise<Answer> {
    const faults = passwordFaults(texts);
    if (faults.length > 0) return refused(...faults);
    const link = {
      token: form.token ?? '',
      purpose: form.action === 'reset' ? ('reset' as const) : ('activate' as const),
    };
    const session = await this.write(form, (store) =>
      this.accounts.setPassword(store, link, texts['password'] ?? ''),
    );
    return session === null
      ? refused({ field: 'form', reason: 'old-link' })
      : { faults: [], session };
  }

  /** Adds an address, changes the one that the form names, or takes it out. */
  private async address(form: SentForm, texts: Record<string, string>): Promise<Answer> {
    const { input, request, site } = form;
    const token = customerToken(request.headers.cookie);
    return this.db.write(site.storeId, async (store) => {
      const customer = token === null ? null : await this.sessions.customerOf(store, token);
      if (!customer) return refused({ field: 'form', reason: 'signed-out' });
      const id = Number(texts['id'] ?? 0);
      if (input['_method'] === 'delete') {
        await this.addresses.remove(store, customer.id, id);
        return done;
      }
      const { faults, address } = readAddress(texts);
      if (faults.length > 0) return refused(...faults);
      const isDefault = texts['default'] === '1' || texts['default'] === 'on';
      if (id > 0) await this.addresses.change(store, customer.id, id, address, isDefault);
      else await this.addresses.add(store, customer.id, address, isDefault);
      return done;
    });
  }

  /** What a slice refuses is a fault of the form. */
  private async guarded(work: () => Promise<Answer>): Promise<Answer> {
    try {
      return await work();
    } catch (error) {
      const fault = refusals[(error as { code?: string }).code ?? ''];
      if (!fault) throw error;
      return refused(fault);
    }
  }

  private write<T>({ site }: SentForm, work: (store: StoreWriter) => Promise<T>): Promise<T> {
    return this.db.write(site.storeId, work);
  }

  private mailing({ site, locale }: SentForm): { locale: string; origin: string } {
    return { locale, origin: originOf(site, this.config.shop) };
  }

  private async isTooOften(
    { site, request, action }: SentForm,
    { email }: Record<string, string>,
  ): Promise<boolean> {
    if (!this.config.rateLimits) return false;
    const limit = { limit: limits[action], perSeconds: refillSeconds };
    const area = `account-${action}:${site.storeId}`;
    const buckets = [`${area}:ip:${request.ip}`];
    if (email && action !== 'address')
      buckets.push(`${area}:to:${email.toLowerCase().slice(0, 254)}`);
    for (const bucket of buckets) {
      if ((await takeToken(this.db, bucket, limit)) !== null) return true;
    }
    return false;
  }
}

/** Errors of the slices that a shopper is told. */
const refusals: Readonly<Record<string, FormFault>> = {
  'identity.weak-password': { field: 'password', reason: 'weak-password' },
  'customers.email-taken': { field: 'form', reason: 'too-often' },
  'customers.address-not-found': { field: 'form', reason: 'gone' },
  'customers.too-many-addresses': { field: 'form', reason: 'too-many-fields' },
};

type Answer = Pick<AccountOutcome, 'faults' | 'session'>;

const done: Answer = { faults: [], session: null };

function refused(...faults: FormFault[]): Answer {
  return { faults, session: null };
}
