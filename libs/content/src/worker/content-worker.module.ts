import { Module } from '@nestjs/common';
import { ContentModule } from '../content.module';
import { OnStoreCreated } from './on-store-created';

/** What content does after the commit. */
@Module({ imports: [ContentModule], providers: [OnStoreCreated] })
export class ContentWorkerModule {}
