import { Module } from '@nestjs/common';
import { MediaModule } from '../media.module';
import { CollectGarbage } from './collect-garbage.job';
import { ProcessImageJob } from './process-image.job';

/** What media does after the commit. */
@Module({ imports: [MediaModule], providers: [ProcessImageJob, CollectGarbage] })
export class MediaWorkerModule {}
