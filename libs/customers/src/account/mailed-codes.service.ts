import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { newId } from '@libs/kernel';
import type { StoreWriter } from '@platform/database';
import { hashToken, newToken, sameSecret } from '@platform/secrets';

/** What a mailed code is good for. */
export type CodePurpose = 'sign_in' | 'reset' | 'activate';

/**
 * Minutes that a code is good for. A short code is typed at once (NIST SP 800-63B asks for ten minutes at most); a link
 * to a forgotten password is good for an hour, one to a new account for a month.
 */
const minutes: Record<CodePurpose, number> = { sign_in: 10, reset: 60, activate: 30 * 24 * 60 };
/** Guesses at a code of six digits before it is worth nothing. */
const maxTries = 5;

/** Codes on their way through a customer's mailbox; they are kept as hashes, and work once. */
@Injectable()
export class MailedCodes {
  /** Makes a code that is told to nobody but the mail: six digits to type, or what a link carries. Earlier ones end. */
  async issue(store: StoreWriter, customerId: string, purpose: CodePurpose): Promise<string> {
    await store.execute(
      `UPDATE customer_codes SET used_at = now()
       WHERE store_id = $1 AND customer_id = $2 AND purpose = $3 AND used_at IS NULL`,
      [store.storeId, customerId, purpose],
    );
    const id = newId();
    const secret =
      purpose === 'sign_in' ? String(randomInt(1_000_000)).padStart(6, '0') : newToken();
    await store.execute(
      `INSERT INTO customer_codes (store_id, code_id, customer_id, purpose, code_hash, expires_at)
       VALUES ($1, $2, $3, $4, $5, now() + make_interval(mins => $6))`,
      [store.storeId, id, customerId, purpose, hashOf(id, secret, purpose), minutes[purpose]],
    );
    return secret;
  }

  /** Whether somebody typed the code that was mailed to the customer; a wrong one is counted. */
  async takeDigits(store: StoreWriter, customerId: string, digits: string): Promise<boolean> {
    const [code] = await store.query<{ id: string; hash: string }>(
      `UPDATE customer_codes SET tries = tries + 1 WHERE store_id = $1 AND code_id = (
         SELECT code_id FROM customer_codes
         WHERE store_id = $1 AND customer_id = $2 AND purpose = 'sign_in' AND used_at IS NULL
           AND expires_at > now() AND tries < $3 ORDER BY code_id DESC LIMIT 1 FOR UPDATE)
       RETURNING code_id AS id, code_hash AS hash`,
      [store.storeId, customerId, maxTries],
    );
    if (!code || !sameSecret(hashOf(code.id, digits, 'sign_in'), code.hash)) return false;
    await store.execute(
      'UPDATE customer_codes SET used_at = now() WHERE store_id = $1 AND code_id = $2',
      [store.storeId, code.id],
    );
    return true;
  }

  /** Whose link this is, now used; null for one that is none, is old or was used. */
  async takeLink(
    store: StoreWriter,
    token: string,
    purpose: Exclude<CodePurpose, 'sign_in'>,
  ): Promise<string | null> {
    const [code] = await store.query<{ customerId: string }>(
      `UPDATE customer_codes SET used_at = now()
       WHERE store_id = $1 AND code_hash = $2 AND purpose = $3 AND used_at IS NULL AND expires_at > now()
       RETURNING customer_id AS "customerId"`,
      [store.storeId, hashToken(token), purpose],
    );
    return code?.customerId ?? null;
  }
}

/** Six digits are hashed with their row's id, so that equal codes do not look alike. */
function hashOf(id: string, secret: string, purpose: CodePurpose): string {
  return hashToken(purpose === 'sign_in' ? `${id} ${secret}` : secret);
}
