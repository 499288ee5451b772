import { createHash } from 'node:crypto';
import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Observable, catchError, from, mergeMap, of, throwError } from 'rxjs';
import { Db } from '@platform/database';
import { Secrets } from '@platform/secrets';
import type { ApiRequest } from './access';
import { httpErrors } from './problem';
import type { UploadedFile } from './upload';

interface KeyRow {
  request_hash: string;
  state: 'started' | 'done';
  status: number | null;
  response: string | null;
}

/** A request that died without an answer gives its key free after this; no handler runs longer. */
const abandonedAfterSeconds = 60;

/**
 * Honours `Idempotency-Key` on every POST: the same key and body get the same answer, another body is refused.
 * Only answers that succeeded are kept, sealed, since they may hold a token; after a refusal the key is free again.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Secrets) private readonly secrets: Secrets,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<ApiRequest & { upload?: UploadedFile }>();
    const key = request.headers['idempotency-key'];
    if (request.method !== 'POST' || key === undefined) return next.handle();
    if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
      throw httpErrors.error('idempotency-key-malformed', {}, { field: 'Idempotency-Key' });
    }
    const scope = `${request.actor?.userId ?? 'anybody'} ${request.url}`;
    const hash = fingerprint(request);
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const earlier = await this.start(scope, key, hash);
    if (earlier) return of(this.replay(earlier, { scope, key, hash }, reply));
    return next.handle().pipe(
      mergeMap((body: unknown) =>
        from(this.finish(scope, key, reply.statusCode, body).then(() => body)),
      ),
      catchError((error: unknown) =>
        from(this.forget(scope, key)).pipe(mergeMap(() => throwError(() => error))),
      ),
    );
  }

  /** Claims the key; answers null when it is ours to run, else what is known of it. */
  private start(scope: string, key: string, hash: string): Promise<KeyRow | null> {
    return this.db.outsideStores(async (tx) => {
      const claimed = await tx.execute(
        `INSERT INTO idempotency_keys AS k (scope, key, request_hash, state) VALUES ($1, $2, $3, 'started')
         ON CONFLICT (scope, key) DO UPDATE SET created_at = now()
         WHERE k.state = 'started' AND k.request_hash = $3
           AND k.created_at < now() - make_interval(secs => $4)`,
        [scope, key, hash, abandonedAfterSeconds],
      );
      if (claimed === 1) return null;
      const [row] = await tx.query<KeyRow>(
        'SELECT request_hash, state, status, response FROM idempotency_keys WHERE scope = $1 AND key = $2',
        [scope, key],
      );
      return row ?? null;
    });
  }

  private replay(
    row: KeyRow,
    { scope, key, hash }: { scope: string; key: string; hash: string },
    reply: FastifyReply,
  ): unknown {
    if (row.request_hash !== hash) {
      throw httpErrors.error('idempotency-key-reused', {}, { field: 'Idempotency-Key' });
    }
    if (row.state === 'started' || row.response === null) {
      throw httpErrors.error('idempotency-in-progress', {}, { retryAfterSeconds: 1 });
    }
    void reply.status(row.status ?? 200).header('idempotency-replayed', 'true');
    const body = this.secrets.open(row.response, aad(scope, key)).toString('utf8');
    // Kept as null: an answer without a body has none the second time either.
    return (JSON.parse(body) as unknown) ?? undefined;
  }

  private finish(scope: string, key: string, status: number, body: unknown): Promise<number> {
    const response = this.secrets.seal(JSON.stringify(body ?? null), aad(scope, key));
    return this.db.outsideStores((tx) =>
      tx.execute(
        `UPDATE idempotency_keys SET state = 'done', status = $3, response = $4 WHERE scope = $1 AND key = $2`,
        [scope, key, status, response],
      ),
    );
  }

  private forget(scope: string, key: string): Promise<number> {
    return this.db.outsideStores((tx) =>
      tx.execute(
        `DELETE FROM idempotency_keys WHERE scope = $1 AND key = $2 AND state = 'started'`,
        [scope, key],
      ),
    );
  }
}

function aad(scope: string, key: string) {
  return { purpose: 'answer', table: 'idempotency_keys', rowId: `${scope} ${key}`, storeId: '' };
}

function fingerprint(request: ApiRequest & { upload?: UploadedFile }): string {
  const body = request.upload ? request.upload.sha256 : JSON.stringify(request.body ?? null);
  return createHash('sha256').update(`${request.url}\n${body}`).digest('hex');
}
