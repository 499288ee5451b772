import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { HealthController } from './health.controller';
import { IdempotencyInterceptor } from './idempotency';
import { MetricsInterceptor } from './metrics-interceptor';
import { ProblemFilter } from './problem-filter';
import { ProblemsController } from './problems.controller';
import { RateLimitGuard } from './rate-limit';
import { UploadInterceptor } from './upload';
import { validationPipe } from './validation';

/** What every HTTP process of ours does alike: limits, problem documents, validation, uploads, idempotency, health. */
@Module({})
export class HttpModule {
  static forRoot(): DynamicModule {
    return {
      module: HttpModule,
      global: true,
      controllers: [HealthController, ProblemsController],
      providers: [
        { provide: APP_GUARD, useClass: RateLimitGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useFactory: validationPipe },
        { provide: APP_INTERCEPTOR, useClass: MetricsInterceptor },
        { provide: APP_INTERCEPTOR, useClass: UploadInterceptor },
        { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
      ],
    };
  }
}
