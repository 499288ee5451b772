import { Module } from '@nestjs/common';
import { AssetFiles } from './asset-files';

/** What media gives to the storefront. */
@Module({ providers: [AssetFiles], exports: [AssetFiles] })
export class MediaRendererModule {}
