import { Module } from '@nestjs/common';
import { Blobs } from './blobs/blobs.service';
import { Images } from './images/images.service';
import { Originals } from './images/originals.service';

/** Files and images. */
@Module({ providers: [Blobs, Images, Originals], exports: [Blobs, Images, Originals] })
export class MediaModule {}
