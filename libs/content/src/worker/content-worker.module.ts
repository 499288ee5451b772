import { Module } from '@nestjs/common';
import { ContentModule } from '../content.module';
import { ShowReadyPictures } from './show-ready-pictures';
import { OnStoreCreated } from './on-store-created';

/** What content does after the commit. */
@Module({ imports: [ContentModule], providers: [ShowReadyPictures, OnStoreCreated] })
export class ContentWorkerModule {}
