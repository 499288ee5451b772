import { Inject, Injectable } from '@nestjs/common';
import { OnSchedule, type ScheduleHandler } from '@platform/outbox';
import { Log } from '@platform/telemetry';
import { RebuildThemes } from '../builds/rebuild-themes.service';

/**
 * Builds what the deploy step left: versions that are not live, or all of them where nobody ran it. What the present
 * compiler has refused is left to the deploy step.
 */
@Injectable()
@OnSchedule('themes.rebuild-versions', { everyMs: 3_600_000 })
export class RebuildVersions implements ScheduleHandler {
  constructor(
    @Inject(RebuildThemes) private readonly themes: RebuildThemes,
    @Inject(Log) private readonly log: Log,
  ) {}

  async tick(signal: AbortSignal): Promise<void> {
    const versions = this.themes.run({ liveOnly: false, retryRefused: false, signal });
    for await (const { storeId, versionId, live, state, reason, runs } of versions) {
      const fields = { storeId, versionId, live, state, reason, runs };
      if (state === 'refused' || state === 'failed')
        this.log.warn(fields, 'a theme version could not be built for this release');
    }
  }
}
