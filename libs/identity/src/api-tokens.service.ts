import { Injectable } from '@nestjs/common';
import { newId } from '@libs/kernel';
import type { Queries } from '@platform/database';
import { hashToken, newToken } from '@platform/secrets';
import { identityErrors } from './identity.errors';

/** A personal API token, without the secret part. */
export interface ApiToken {
  id: string;
  name: string;
  /** The last characters, to tell tokens apart. */
  hint: string;
  scopes: string[];
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
}

const columns = `token_id AS id, name, hint, scopes, created_at AS "createdAt",
  last_used_at AS "lastUsedAt", expires_at AS "expiresAt"`;

/** Personal API tokens: what a script of a person may do, at most what the person may. */
@Injectable()
export class ApiTokens {
  /** Makes a token; `secret` is told once and stored as a hash. */
  async create(
    tx: Queries,
    userId: string,
    input: { name: string; scopes: string[]; expiresAt: Date | null },
  ): Promise<ApiToken & { secret: string }> {
    const secret = newToken('cvt');
    const [token] = await tx.query<ApiToken>(
      `INSERT INTO api_tokens (token_id, user_id, name, token_hash, hint, scopes, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${columns}`,
      [
        newId(),
        userId,
        input.name,
        hashToken(secret),
        secret.slice(-4),
        input.scopes,
        input.expiresAt,
      ],
    );
    return { ...(token as ApiToken), secret };
  }

  /** The person's tokens, the newest first. */
  list(tx: Queries, userId: string): Promise<ApiToken[]> {
    return tx.query<ApiToken>(
      `SELECT ${columns} FROM api_tokens WHERE user_id = $1 ORDER BY token_id DESC LIMIT 200`,
      [userId],
    );
  }

  /**
   * Ends a token at once.
   * @throws identity.token-not-found
   */
  async revoke(tx: Queries, userId: string, tokenId: string): Promise<void> {
    const revoked = await tx.execute(
      'DELETE FROM api_tokens WHERE token_id = $1 AND user_id = $2',
      [tokenId, userId],
    );
    if (revoked === 0) throw identityErrors.error('token-not-found');
  }
}
