import { Body, Controller, Get, Inject, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { toPage } from '@libs/kernel';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import {
  Answers,
  CurrentActor,
  IdempotencyKey,
  IfMatch,
  Requires,
  pageQuery,
} from '@platform/http';
import {
  inventoryCount,
  inventoryFilter,
  inventoryLevel,
  inventoryLevelList,
  location,
  locationInput,
  locationList,
  locationPatch,
  unitsMove,
} from '../contract';
import { Locations } from '../stock/locations.service';
import { InventoryLevels } from '../stock/inventory-levels.service';
import { cursorIds } from './cursor-ids';

const id = z.uuid();
const listQuery = pageQuery.extend(inventoryFilter.shape);
const placePath = z.object({ storeId: z.string(), itemId: id, locationId: id });

/** A store's stock and where it is kept. */
@ApiTags('catalog')
@Controller('stores/:storeId')
export class InventoryController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(InventoryLevels) private readonly inventory: InventoryLevels,
    @Inject(Locations) private readonly locations: Locations,
  ) {}

  @Get('inventory-levels')
  @Requires('inventory.view')
  @Answers(200, inventoryLevelList)
  async levels(
    @Param('storeId') storeId: string,
    @Query({ schema: listQuery }) { limit, cursor, ...filter }: z.output<typeof listQuery>,
  ) {
    const [itemId, locationId] = cursorIds(cursor, 2);
    const after = itemId && locationId ? { itemId, locationId } : null;
    const rows = await this.db.read(storeId, (store) =>
      this.inventory.list(store, filter, { limit: limit + 1, after }),
    );
    return toPage(rows, limit, ({ itemId, locationId }) => [itemId, locationId]);
  }

  @Get('inventory-levels/:itemId/:locationId')
  @Requires('inventory.view')
  @Answers(200, inventoryLevel)
  level(@Param({ schema: placePath }) { storeId, ...place }: z.output<typeof placePath>) {
    return this.db.read(storeId, (store) => this.inventory.get(store, place));
  }

  /** Notes what was counted; a level that is not there yet is made. */
  @Put('inventory-levels/:itemId/:locationId')
  @Requires('inventory.edit')
  @Answers(200, inventoryLevel)
  count(
    @Param({ schema: placePath }) { storeId, ...place }: z.output<typeof placePath>,
    @Body({ schema: inventoryCount }) count: z.output<typeof inventoryCount>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    return this.db.write(
      storeId,
      (store) => this.inventory.count(store, place, { ...count, ifMatch }),
      { actor },
    );
  }

  /** Takes units from sale with a reason, puts them back, or notes that they are gone. */
  @Post('inventory-levels/:itemId/:locationId/moves')
  @Requires('inventory.edit')
  @Answers(201, inventoryLevel)
  move(
    @Param({ schema: placePath }) { storeId, ...place }: z.output<typeof placePath>,
    @Body({ schema: unitsMove }) input: z.output<typeof unitsMove>,
    @CurrentActor() actor: Actor,
    @IdempotencyKey() _: string,
  ) {
    return this.db.write(storeId, (store) => this.inventory.move(store, place, input), { actor });
  }

  @Get('locations')
  @Requires('inventory.view')
  @Answers(200, locationList)
  async listLocations(@Param('storeId') storeId: string) {
    const items = await this.db.read(storeId, (store) => this.locations.list(store));
    return { items, nextCursor: null };
  }

  @Post('locations')
  @Requires('inventory.edit')
  @Answers(201, location)
  createLocation(
    @Param('storeId') storeId: string,
    @Body({ schema: locationInput }) input: z.output<typeof locationInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.locations.create(store, input), { actor });
  }

  @Patch('locations/:locationId')
  @Requires('inventory.edit')
  @Answers(200, location)
  updateLocation(
    @Param('storeId') storeId: string,
    @Param('locationId', { schema: id }) locationId: string,
    @Body({ schema: locationPatch }) { version, ...patch }: z.output<typeof locationPatch>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    return this.db.write(
      storeId,
      (store) => this.locations.update(store, locationId, patch, { ifMatch, version }),
      { actor },
    );
  }
}
