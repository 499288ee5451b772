import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Metrics } from '@platform/telemetry';
import type { Observable } from 'rxjs';

/** Measures how long each route takes; labelled by route, never by store. */
@Injectable()
export class MetricsInterceptor implements NestInterceptor {
  private readonly seconds;

  constructor(@Inject(Metrics) metrics: Metrics) {
    this.seconds = metrics.histogram({
      name: 'http_request_seconds',
      help: 'Time to answer, by route.',
      labels: ['method', 'route', 'status'],
    });
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const start = process.hrtime.bigint();
    reply.raw.once('finish', () => {
      const route = request.routeOptions.url ?? 'none';
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      this.seconds.observe({ method: request.method, route, status: reply.statusCode }, seconds);
    });
    return next.handle();
  }
}
