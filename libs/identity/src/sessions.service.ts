import { Inject, Injectable } from '@nestjs/common';
import { type Clock, newId } from '@libs/kernel';
import { CLOCK } from '@libs/platform';
import type { Actor } from '@platform/audit';
import type { Queries } from '@platform/database';
import { hashToken, newToken } from '@platform/secrets';
import { identityErrors } from './identity.errors';

/** A signed-in device. */
export interface Session {
  id: string;
  userAgent: string | null;
  ip: string | null;
  createdAt: Date;
  lastUsedAt: Date;
  current: boolean;
}

/** What a request proves by its bearer token; `scopes` is null for a session, which may do all that its person may. */
export interface Credential {
  actor: Actor;
  scopes: string[] | null;
  sessionId: string | null;
}

/** A session that nobody uses for this long ends. */
const sessionDays = 30;
/** Last use is written at most this often, so that reads stay reads. */
const touchSeconds = 60;

/** Sessions and the bearer tokens that stand for them; tokens are stored as hashes only. */
@Injectable()
export class Sessions {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Opens a session; the token is told once. */
  async open(
    tx: Queries,
    userId: string,
    device: { userAgent?: string; ip?: string } = {},
  ): Promise<string> {
    const token = newToken('cvs');
    await tx.execute(
      `INSERT INTO sessions (session_id, user_id, token_hash, user_agent, ip, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [
        newId(),
        userId,
        hashToken(token),
        device.userAgent?.slice(0, 300) ?? null,
        device.ip ?? null,
        this.expiry(),
      ],
    );
    return token;
  }

  /** What the bearer token proves, or null. */
  async find(tx: Queries, token: string): Promise<Credential | null> {
    return token.startsWith('cvt')
      ? this.findApiToken(tx, hashToken(token))
      : this.findSession(tx, hashToken(token));
  }

  /** The person's sessions, the newest first. */
  list(tx: Queries, userId: string, currentId: string | null): Promise<Session[]> {
    return tx.query<Session>(
      `SELECT session_id AS id, user_agent AS "userAgent", ip, created_at AS "createdAt",
         last_used_at AS "lastUsedAt", session_id IS NOT DISTINCT FROM $2::uuid AS current
       FROM sessions WHERE user_id = $1 AND expires_at > $3 ORDER BY session_id DESC LIMIT 100`,
      [userId, currentId, this.clock.now()],
    );
  }

  /**
   * Ends a session of the person.
   * @throws identity.session-not-found
   */
  async close(tx: Queries, userId: string, sessionId: string): Promise<void> {
    const closed = await tx.execute('DELETE FROM sessions WHERE session_id = $1 AND user_id = $2', [
      sessionId,
      userId,
    ]);
    if (closed === 0) throw identityErrors.error('session-not-found');
  }

  private async findSession(tx: Queries, hash: string): Promise<Credential | null> {
    const now = this.clock.now();
    const [row] = await tx.query<{
      sessionId: string;
      userId: string;
      email: string;
      stale: boolean;
    }>(
      `SELECT s.session_id AS "sessionId", s.user_id AS "userId", u.email,
         s.last_used_at < $2::timestamptz - make_interval(secs => $3) AS stale
       FROM sessions s JOIN users u USING (user_id) WHERE s.token_hash = $1 AND s.expires_at > $2`,
      [hash, now, touchSeconds],
    );
    if (!row) return null;
    if (row.stale) {
      await tx.execute(
        'UPDATE sessions SET last_used_at = $2, expires_at = $3 WHERE session_id = $1',
        [row.sessionId, now, this.expiry()],
      );
    }
    const actor: Actor = { kind: 'user', userId: row.userId, label: row.email };
    return { actor, scopes: null, sessionId: row.sessionId };
  }

  private async findApiToken(tx: Queries, hash: string): Promise<Credential | null> {
    const now = this.clock.now();
    const [row] = await tx.query<{
      tokenId: string;
      userId: string;
      name: string;
      scopes: string[];
      stale: boolean;
    }>(
      `SELECT token_id AS "tokenId", user_id AS "userId", name, scopes,
         last_used_at IS NULL OR last_used_at < $2::timestamptz - make_interval(secs => $3) AS stale
       FROM api_tokens WHERE token_hash = $1 AND (expires_at IS NULL OR expires_at > $2)`,
      [hash, now, touchSeconds],
    );
    if (!row) return null;
    if (row.stale) {
      await tx.execute('UPDATE api_tokens SET last_used_at = $2 WHERE token_id = $1', [
        row.tokenId,
        now,
      ]);
    }
    const { tokenId, userId, name, scopes } = row;
    return { actor: { kind: 'token', userId, tokenId, label: name }, scopes, sessionId: null };
  }

  private expiry(): Date {
    return new Date(this.clock.now().getTime() + sessionDays * 86_400_000);
  }
}
