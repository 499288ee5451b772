import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog.module';
import { ImportProductsJob } from './import-products.job';

/** What the catalogue does after the commit. */
@Module({ imports: [CatalogModule], providers: [ImportProductsJob] })
export class CatalogWorkerModule {}
