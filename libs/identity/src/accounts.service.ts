import { Inject, Injectable } from '@nestjs/common';
import { type Clock, newId } from '@libs/kernel';
import { CLOCK } from '@libs/platform';
import type { Queries } from '@platform/database';
import { hashToken, newToken } from '@platform/secrets';
import { identityErrors } from './identity.errors';
import { hashPassword, verifyPassword } from './password/password';

/** A person, as others may see one. */
export interface User {
  id: string;
  email: string;
  name: string;
  locale: string;
}

const userColumns = 'user_id AS id, email, name, locale';
const resetMinutes = 60;

/** People: who they are and how they prove it. */
@Injectable()
export class Accounts {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * Creates a person.
   * @throws identity.email-taken, identity.weak-password
   */
  async register(
    tx: Queries,
    input: { email: string; password: string; name: string; locale?: string },
  ): Promise<User> {
    const passwordHash = await hashPassword(input.password);
    const [user] = await tx.query<User>(
      `INSERT INTO users (user_id, email, name, password_hash, locale) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (email) DO NOTHING RETURNING ${userColumns}`,
      [newId(), input.email.toLowerCase(), input.name, passwordHash, input.locale ?? 'en'],
    );
    if (!user) throw identityErrors.error('email-taken', {}, { field: 'email' });
    return user;
  }

  /** The person of that id, or null. */
  async find(tx: Queries, userId: string): Promise<User | null> {
    const [user] = await tx.query<User>(`SELECT ${userColumns} FROM users WHERE user_id = $1`, [
      userId,
    ]);
    return user ?? null;
  }

  /** The person of that address, or null. */
  async findByEmail(tx: Queries, email: string): Promise<User | null> {
    const [user] = await tx.query<User>(`SELECT ${userColumns} FROM users WHERE email = $1`, [
      email.toLowerCase(),
    ]);
    return user ?? null;
  }

  /**
   * Whose address and password these are.
   * @throws identity.wrong-credentials, after the same time whether or not the address is known
   */
  async authenticate(tx: Queries, email: string, password: string): Promise<User> {
    const [row] = await tx.query<User & { passwordHash: string }>(
      `SELECT ${userColumns}, password_hash AS "passwordHash" FROM users WHERE email = $1`,
      [email.toLowerCase()],
    );
    const matches = await verifyPassword(row?.passwordHash ?? null, password);
    if (!row || !matches) throw identityErrors.error('wrong-credentials');
    const { passwordHash: _, ...user } = row;
    return user;
  }

  /**
   * Makes the token that a reset mail carries; only its hash is kept.
   * @returns the token, good for an hour and for one use
   */
  async issueResetToken(tx: Queries, userId: string): Promise<string> {
    const token = newToken();
    const expires = new Date(this.clock.now().getTime() + resetMinutes * 60_000);
    await tx.execute(
      'INSERT INTO password_resets (token_hash, user_id, expires_at) VALUES ($1, $2, $3)',
      [hashToken(token), userId, expires],
    );
    return token;
  }

  /**
   * Sets a new password by a mailed token and ends every session of the person.
   * @throws identity.reset-expired, identity.weak-password
   */
  async resetPassword(tx: Queries, token: string, password: string): Promise<string> {
    const passwordHash = await hashPassword(password);
    const [reset] = await tx.query<{ user_id: string }>(
      `UPDATE password_resets SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2
       RETURNING user_id`,
      [hashToken(token), this.clock.now()],
    );
    if (!reset) throw identityErrors.error('reset-expired', {}, { field: 'token' });
    await tx.execute(
      'UPDATE users SET password_hash = $2, version = version + 1 WHERE user_id = $1',
      [reset.user_id, passwordHash],
    );
    await tx.execute('DELETE FROM sessions WHERE user_id = $1', [reset.user_id]);
    return reset.user_id;
  }
}
