import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { Inject, Injectable } from '@nestjs/common';
import { Secrets } from '@platform/secrets';

/** The forms that a shopper sends to the merchant or to the storefront itself. */
export type SentType = 'contact' | 'newsletter' | 'localization' | 'password';

/** All forms whose page tells what became of them, those of a customer's account too; `reorder` is told by the cart. */
export type FormType =
  | SentType
  | 'login'
  | 'login_code'
  | 'register'
  | 'recover_password'
  | 'reset_password'
  | 'activate_password'
  | 'address'
  | 'reorder';

/** What happened to a form, as the page that it came from shows it: `@form_result`. */
export interface FormResult {
  type: FormType;
  /** Which of the page's forms it was, where the theme gave it an id. */
  id: string | null;
  posted_successfully: boolean;
  errors: { field: string; message: string }[];
  /** What was typed, by field; nothing of a form that was taken. */
  values: Record<string, string>;
}

export const formResultCookie = 'form_result';

/** The way back to the page takes no longer, in seconds. */
const lifetime = 120;
/** Browsers keep 4,096 bytes of a cookie with its name and attributes. */
const longest = 3_800;
/** What a text unpacks to at most; forms are far smaller. */
const largest = 256 * 1024;
const purpose = 'form-result';

interface Kept {
  result: FormResult;
  /** Seconds since 1970. */
  until: number;
}

/** Results of forms on their way back to the page: packed and signed in a cookie of one store that is read once. */
@Injectable()
export class FormResults {
  constructor(@Inject(Secrets) private readonly secrets: Secrets) {}

  /** The header that carries a result; null when more was typed than a cookie holds. */
  carry(storeId: string, result: FormResult, secure: boolean): { 'set-cookie': string } | null {
    const kept: Kept = { result, until: Math.floor(Date.now() / 1000) + lifetime };
    const text = deflateRawSync(JSON.stringify(kept)).toString('base64url');
    const value = `${text}~${this.secrets.sign(signed(storeId, text), purpose)}`;
    if (value.length > longest) return null;
    return { 'set-cookie': cookie(value, lifetime, secure) };
  }

  /** The result that a request carries; null for none, for one of another store, and for one that we did not make. */
  read(storeId: string, cookieHeader: string | undefined): FormResult | null {
    const match = /(?:^|;\s*)form_result=([\w-]{1,3800})~([\w.-]{20,200})(?:;|$)/.exec(
      cookieHeader ?? '',
    );
    const [, text, signature] = match ?? [];
    if (text === undefined || signature === undefined) return null;
    if (!this.secrets.verify(signed(storeId, text), signature, purpose)) return null;
    const json = inflateRawSync(Buffer.from(text, 'base64url'), { maxOutputLength: largest });
    const { result, until } = JSON.parse(json.toString()) as Kept;
    return until * 1000 > Date.now() ? result : null;
  }
}

/** Takes the result out of the browser, with the answer that shows it. */
export const forgottenResult = cookie('', 0, false);

function signed(storeId: string, text: string): string {
  return JSON.stringify([storeId, text]);
}

function cookie(value: string, age: number, secure: boolean): string {
  const flags = `Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  return `${formResultCookie}=${value}; ${flags}`;
}
