import { Module } from '@nestjs/common';
import { MediaModule } from '../media.module';
import { AssetFiles } from './asset-files';
import { MediaPages } from './media-pages';

/** What media gives to the storefront. */
@Module({
  imports: [MediaModule],
  providers: [AssetFiles, MediaPages],
  exports: [AssetFiles, MediaPages],
})
export class MediaRendererModule {}
