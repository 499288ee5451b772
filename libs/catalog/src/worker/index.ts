import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog.module';
import { ApplyFetchedRates, FetchRates } from './fetch-rates.job';
import { ImportProductsJob } from './import-products.job';
import { OnImageReady } from './on-image-ready';
import {
  RecomputeForChangedStore,
  RecomputePricesNightly,
  RunRecomputePrices,
} from './recompute-prices.job';
import { BeginAndEndPrices, SweepPriceSchedules } from './price-schedules.job';
import { RunNoteDiscounts } from './run-note-discounts.job';

/** What the catalogue does after the commit. */
@Module({
  imports: [CatalogModule],
  providers: [
    FetchRates,
    ApplyFetchedRates,
    ImportProductsJob,
    OnImageReady,
    RecomputePricesNightly,
    RunRecomputePrices,
    RecomputeForChangedStore,
    RunNoteDiscounts,
    BeginAndEndPrices,
    SweepPriceSchedules,
  ],
})
export class CatalogWorkerModule {}
