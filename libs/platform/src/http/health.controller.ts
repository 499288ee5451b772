import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Db } from '@platform/database';
import { Metrics } from '@platform/telemetry';
import { defineErrors } from '@libs/kernel';
import { Public } from './access';

const healthErrors = defineErrors('health', {
  'database-unreachable': { kind: 'unavailable', text: 'The database does not answer.' },
});

/** What a process supervisor and Prometheus ask for. */
@ApiExcludeController()
@Controller()
@Public()
export class HealthController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  /** The process runs. */
  @Get('health/live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** The process can do its work: the database answers. */
  @Get('health/ready')
  async ready(): Promise<{ status: 'ok' }> {
    try {
      await this.db.ping();
    } catch (cause) {
      throw healthErrors.error('database-unreachable', {}, { cause, retryAfterSeconds: 1 });
    }
    return { status: 'ok' };
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  expose(): Promise<string> {
    return this.metrics.text();
  }
}
