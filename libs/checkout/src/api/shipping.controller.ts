import {
  Body,
  Controller,
  Delete,
  Get,
  Inject,
  Param,
  Patch,
  Post,
  Put,
  Res,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, IfMatch, Requires, versionTag } from '@platform/http';
import {
  pickupPoint,
  pickupPointInput,
  pickupPointList,
  shippingSettings,
  shippingSettingsPatch,
  shippingZone,
  shippingZoneInput,
  shippingZoneList,
  shippingZonePatch,
} from '../contract';
import { readSettings, writeSettings } from '../settings-row';
import { PickupPoints } from '../shipping/pickup-points.service';
import { defaultShippingSettings as defaults } from '../shipping/shipping-settings';
import { ShippingZones } from '../shipping/shipping-zones.service';

const id = z.uuid();

/** Where a store sends to, what it costs, and where things can be fetched. */
@ApiTags('shipping')
@Controller('stores/:storeId')
export class ShippingController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(ShippingZones) private readonly zones: ShippingZones,
    @Inject(PickupPoints) private readonly pickups: PickupPoints,
  ) {}

  @Get('shipping-zones')
  @Requires('settings.view')
  @Answers(200, shippingZoneList)
  async list(@Param('storeId') storeId: string) {
    const items = await this.db.read(storeId, (store) => this.zones.list(store));
    return { items, nextCursor: null };
  }

  @Post('shipping-zones')
  @Requires('settings.edit')
  @Answers(201, shippingZone)
  create(
    @Param('storeId') storeId: string,
    @Body({ schema: shippingZoneInput }) input: z.output<typeof shippingZoneInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.zones.create(store, input), { actor });
  }

  @Get('shipping-zones/:zoneId')
  @Requires('settings.view')
  @Answers(200, shippingZone)
  async get(
    @Param('storeId') storeId: string,
    @Param('zoneId', { schema: id }) zoneId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.db.read(storeId, (store) => this.zones.get(store, zoneId));
    void reply.header('etag', versionTag(found.version));
    return found;
  }

  @Patch('shipping-zones/:zoneId')
  @Requires('settings.edit')
  @Answers(200, shippingZone)
  update(
    @Param('storeId') storeId: string,
    @Param('zoneId', { schema: id }) zoneId: string,
    @Body({ schema: shippingZonePatch }) { version, ...patch }: z.output<typeof shippingZonePatch>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    const seen = { ifMatch, version };
    return this.db.write(storeId, (store) => this.zones.update(store, zoneId, patch, seen), {
      actor,
    });
  }

  @Delete('shipping-zones/:zoneId')
  @Requires('settings.edit')
  @Answers(204)
  delete(
    @Param('storeId') storeId: string,
    @Param('zoneId', { schema: id }) zoneId: string,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.zones.delete(store, zoneId), { actor });
  }

  @Get('pickup-points')
  @Requires('settings.view')
  @Answers(200, pickupPointList)
  async listPickups(@Param('storeId') storeId: string) {
    const items = await this.db.read(storeId, (store) => this.pickups.list(store));
    return { items, nextCursor: null };
  }

  /** Makes a location one where shoppers fetch things; `version` 0 is one that was not yet. */
  @Put('pickup-points/:locationId')
  @Requires('settings.edit')
  @Answers(200, pickupPoint)
  putPickup(
    @Param('storeId') storeId: string,
    @Param('locationId', { schema: id }) locationId: string,
    @Body({ schema: pickupPointInput }) { version, ...input }: z.output<typeof pickupPointInput>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    const seen = { ifMatch, version };
    return this.db.write(storeId, (store) => this.pickups.put(store, locationId, input, seen), {
      actor,
    });
  }

  @Delete('pickup-points/:locationId')
  @Requires('settings.edit')
  @Answers(204)
  deletePickup(
    @Param('storeId') storeId: string,
    @Param('locationId', { schema: id }) locationId: string,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.pickups.delete(store, locationId), { actor });
  }

  @Get('shipping-settings')
  @Requires('settings.view')
  @Answers(200, shippingSettings)
  getSettings(@Param('storeId') storeId: string) {
    return this.db.read(storeId, (store) => readSettings(store, 'shipping_settings', defaults));
  }

  @Patch('shipping-settings')
  @Requires('settings.edit')
  @Answers(200, shippingSettings)
  patchSettings(
    @Param('storeId') storeId: string,
    @Body({ schema: shippingSettingsPatch })
    { version, ...patch }: z.output<typeof shippingSettingsPatch>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    const seen = { ifMatch, version };
    return this.db.write(
      storeId,
      (store) => writeSettings(store, 'shipping_settings', { defaults, patch, seen }),
      { actor },
    );
  }
}
