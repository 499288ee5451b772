import { Module } from '@nestjs/common';
import { MediaModule } from '../media.module';
import { ImagesController } from './images.controller';

/** What media offers over HTTP. */
@Module({ imports: [MediaModule], controllers: [ImagesController] })
export class MediaApiModule {}
