import {
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  SetMetadata,
} from '@nestjs/common';
import { CONFIG, type Config } from '@platform/config';
import { Db } from '@platform/database';
import type { ApiRequest } from './access';
import { httpErrors } from './problem';

/** A bucket that holds `limit` tries and refills evenly over `perSeconds`, for each caller by itself. */
export interface RateLimitOptions {
  name: string;
  limit: number;
  perSeconds: number;
  /** A field of the body that also has a bucket, so that one address cannot be tried from many machines. */
  bodyField?: string;
}

const rateLimitKey = 'caravel:rate-limit';

/** Puts a limit on a route. The buckets live in PostgreSQL, so that all processes count together. */
export const RateLimit = (options: RateLimitOptions): MethodDecorator =>
  SetMetadata(rateLimitKey, options);

/** Takes a token for each request to a limited route, or refuses with the seconds to wait. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Db) private readonly db: Db,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const options = Reflect.getMetadata(rateLimitKey, context.getHandler()) as
      RateLimitOptions | undefined;
    if (!options || !this.config.rateLimits) return true;
    const request = context.switchToHttp().getRequest<ApiRequest>();
    const buckets = [`${options.name}:ip:${request.ip}`];
    const value =
      options.bodyField && (request.body as Record<string, unknown> | null)?.[options.bodyField];
    if (typeof value === 'string') buckets.push(`${options.name}:value:${value.toLowerCase()}`);
    for (const bucket of buckets) await this.take(bucket, options);
    return true;
  }

  private async take(bucket: string, options: RateLimitOptions): Promise<void> {
    const seconds = await takeToken(this.db, bucket, options);
    if (seconds !== null) {
      throw httpErrors.error('too-many-requests', { seconds }, { retryAfterSeconds: seconds });
    }
  }
}

/**
 * Takes a token from a bucket of that name, which all processes share.
 * @returns null when there was one, else the seconds until there is
 */
export async function takeToken(
  db: Db,
  bucket: string,
  { limit, perSeconds }: Pick<RateLimitOptions, 'limit' | 'perSeconds'>,
): Promise<number | null> {
  const rate = limit / perSeconds;
  const [row] = await db.outsideStores((tx) =>
    tx.query<{ tokens: number }>(
      `INSERT INTO rate_limits AS r (bucket, tokens) VALUES ($1, $2 - 1)
       ON CONFLICT (bucket) DO UPDATE SET updated_at = now(), tokens =
         greatest(least($2, r.tokens + extract(epoch FROM now() - r.updated_at) * $3) - 1, -1)
       RETURNING tokens`,
      [bucket, limit, rate],
    ),
  );
  return row && row.tokens < 0 ? Math.ceil(-row.tokens / rate) : null;
}
