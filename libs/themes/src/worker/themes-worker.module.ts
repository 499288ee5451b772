import { Module } from '@nestjs/common';
import { ThemesModule } from '../themes.module';
import { PruneVersions } from './prune-versions.job';

/** What themes does by the clock. */
@Module({ imports: [ThemesModule], providers: [PruneVersions] })
export class ThemesWorkerModule {}
