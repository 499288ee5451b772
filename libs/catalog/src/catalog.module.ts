import { Module } from '@nestjs/common';
import { MediaModule } from '@libs/media';
import { StoresModule } from '@libs/stores';
import { Collections } from './collections/collections.service';
import { ProductExportsService } from './exports/product-exports.service';
import { FailedRowsService } from './imports/failed-rows.service';
import { ImportBatches } from './imports/import-batches.service';
import { ProductImportsService } from './imports/product-imports.service';
import { MetafieldDefinitions } from './metafields/metafield-definitions.service';
import { MarketPrices } from './pricing/market-prices.service';
import { Markets } from './pricing/markets.service';
import { PriceSchedules } from './pricing/schedules/price-schedules.service';
import { ProductRecommendations } from './recommendations/product-recommendations.service';
import { Products } from './products.service';
import { Locations } from './stock/locations.service';
import { InventoryLevels } from './stock/inventory-levels.service';
import { Stock } from './stock/stock.service';
import { Transfers } from './stock/transfers.service';
import { Variants } from './variants.service';

const services = [
  Products,
  ProductRecommendations,
  Variants,
  Collections,
  InventoryLevels,
  Stock,
  Locations,
  Transfers,
  Markets,
  MarketPrices,
  PriceSchedules,
  MetafieldDefinitions,
  ProductExportsService,
  FailedRowsService,
  ImportBatches,
  ProductImportsService,
];

/** The catalogue's services, for its own faces and for the slices above. */
@Module({ imports: [StoresModule, MediaModule], providers: services, exports: services })
export class CatalogModule {}
