import { Module } from '@nestjs/common';
import { ThemesModule } from '../themes.module';
import { PruneVersions } from './prune-versions.job';
import { RebuildVersions } from './rebuild-versions.job';

/** What themes does by the clock. */
@Module({ imports: [ThemesModule], providers: [PruneVersions, RebuildVersions] })
export class ThemesWorkerModule {}
