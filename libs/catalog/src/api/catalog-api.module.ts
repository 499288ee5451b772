import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog.module';
import { CollectionsController } from './collections.controller';
import { InventoryController } from './inventory.controller';
import { MarketsController } from './markets.controller';
import { MetafieldDefinitionsController } from './metafield-definitions.controller';
import { PriceSchedulesController } from './price-schedules.controller';
import { ProductExportsController } from './product-exports.controller';
import { ProductImportsController } from './product-imports.controller';
import { ProductRecommendationsController } from './product-recommendations.controller';
import { ProductsController } from './products.controller';
import { TransfersController } from './transfers.controller';
import { VariantsController } from './variants.controller';

/** What the catalogue offers over HTTP. */
@Module({
  imports: [CatalogModule],
  controllers: [
    ProductsController,
    ProductRecommendationsController,
    VariantsController,
    CollectionsController,
    InventoryController,
    TransfersController,
    MarketsController,
    PriceSchedulesController,
    MetafieldDefinitionsController,
    ProductImportsController,
    ProductExportsController,
  ],
})
export class CatalogApiModule {}
