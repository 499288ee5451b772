import { Module } from '@nestjs/common';
import { ContentPages } from './content-pages';

/** What content gives to the storefront. */
@Module({ providers: [ContentPages], exports: [ContentPages] })
export class ContentRendererModule {}
