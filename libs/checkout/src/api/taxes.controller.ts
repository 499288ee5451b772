import {
  Body,
  Controller,
  Delete,
  Get,
  Inject,
  Param,
  Patch,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { decodeCursor, toPage } from '@libs/kernel';
import { Stores } from '@libs/stores';
import type { Actor } from '@platform/audit';
import { Db, type StoreReader } from '@platform/database';
import { Answers, CurrentActor, IfMatch, Requires, pageQuery, versionTag } from '@platform/http';
import {
  builtInTaxRates,
  taxRate,
  taxRateInput,
  taxRateList,
  taxRatePatch,
  taxRegistration,
  taxRegistrationInput,
  taxRegistrationList,
  taxRegistrationPatch,
  taxSettings,
  taxSettingsPatch,
} from '../contract';
import { readSettings, writeSettings } from '../settings-row';
import { builtInRates, ratesAsOf, ratesNotice } from '../taxes/built-in-rates';
import { TaxRates } from '../taxes/tax-rates.service';
import { TaxRegistrations } from '../taxes/tax-registrations.service';
import { defaultTaxSettings } from '../taxes/tax-settings';

const id = z.uuid();

/** How a store's sales are taxed. */
@ApiTags('taxes')
@Controller('stores/:storeId')
export class TaxesController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Stores) private readonly stores: Stores,
    @Inject(TaxRegistrations) private readonly registrations: TaxRegistrations,
    @Inject(TaxRates) private readonly rates: TaxRates,
  ) {}

  @Get('tax-settings')
  @Requires('settings.view')
  @Answers(200, taxSettings)
  getSettings(@Param('storeId') storeId: string) {
    return this.db.read(storeId, async (store) =>
      readSettings(store, 'tax_settings', await this.defaults(store)),
    );
  }

  @Patch('tax-settings')
  @Requires('settings.edit')
  @Answers(200, taxSettings)
  patchSettings(
    @Param('storeId') storeId: string,
    @Body({ schema: taxSettingsPatch }) { version, ...patch }: z.output<typeof taxSettingsPatch>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    const seen = { ifMatch, version };
    return this.db.write(
      storeId,
      async (store) => {
        const defaults = await this.defaults(store);
        return writeSettings(store, 'tax_settings', { defaults, patch, seen });
      },
      { actor },
    );
  }

  @Get('tax-registrations')
  @Requires('settings.view')
  @Answers(200, taxRegistrationList)
  async listRegistrations(@Param('storeId') storeId: string) {
    const items = await this.db.read(storeId, (store) => this.registrations.list(store));
    return { items, nextCursor: null };
  }

  @Post('tax-registrations')
  @Requires('settings.edit')
  @Answers(201, taxRegistration)
  createRegistration(
    @Param('storeId') storeId: string,
    @Body({ schema: taxRegistrationInput }) input: z.output<typeof taxRegistrationInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.registrations.create(store, input), { actor });
  }

  @Get('tax-registrations/:registrationId')
  @Requires('settings.view')
  @Answers(200, taxRegistration)
  async getRegistration(
    @Param('storeId') storeId: string,
    @Param('registrationId', { schema: id }) registrationId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.db.read(storeId, (store) =>
      this.registrations.get(store, registrationId),
    );
    void reply.header('etag', versionTag(found.version));
    return found;
  }

  @Patch('tax-registrations/:registrationId')
  @Requires('settings.edit')
  @Answers(200, taxRegistration)
  updateRegistration(
    @Param('storeId') storeId: string,
    @Param('registrationId', { schema: id }) registrationId: string,
    @Body({ schema: taxRegistrationPatch })
    { version, ...patch }: z.output<typeof taxRegistrationPatch>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    const seen = { ifMatch, version };
    return this.db.write(
      storeId,
      (store) => this.registrations.update(store, registrationId, patch, seen),
      { actor },
    );
  }

  @Delete('tax-registrations/:registrationId')
  @Requires('settings.edit')
  @Answers(204)
  deleteRegistration(
    @Param('storeId') storeId: string,
    @Param('registrationId', { schema: id }) registrationId: string,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.registrations.delete(store, registrationId), {
      actor,
    });
  }

  @Get('tax-rates')
  @Requires('settings.view')
  @Answers(200, taxRateList)
  async listRates(
    @Param('storeId') storeId: string,
    @Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>,
  ) {
    const after = cursor === undefined ? null : (decodeCursor(cursor, 1)[0] as string);
    const rows = await this.db.read(storeId, (store) =>
      this.rates.list(store, { limit: limit + 1, after }),
    );
    return toPage(rows, limit, ({ id: last }) => [last]);
  }

  @Post('tax-rates')
  @Requires('settings.edit')
  @Answers(201, taxRate)
  createRate(
    @Param('storeId') storeId: string,
    @Body({ schema: taxRateInput }) input: z.output<typeof taxRateInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.rates.create(store, input), { actor });
  }

  @Get('tax-rates/:taxRateId')
  @Requires('settings.view')
  @Answers(200, taxRate)
  async getRate(
    @Param('storeId') storeId: string,
    @Param('taxRateId', { schema: id }) rateId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.db.read(storeId, (store) => this.rates.get(store, rateId));
    void reply.header('etag', versionTag(found.version));
    return found;
  }

  @Patch('tax-rates/:taxRateId')
  @Requires('settings.edit')
  @Answers(200, taxRate)
  updateRate(
    @Param('storeId') storeId: string,
    @Param('taxRateId', { schema: id }) rateId: string,
    @Body({ schema: taxRatePatch }) { version, ...patch }: z.output<typeof taxRatePatch>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    const seen = { ifMatch, version };
    return this.db.write(storeId, (store) => this.rates.update(store, rateId, patch, seen), {
      actor,
    });
  }

  @Delete('tax-rates/:taxRateId')
  @Requires('settings.edit')
  @Answers(204)
  deleteRate(
    @Param('storeId') storeId: string,
    @Param('taxRateId', { schema: id }) rateId: string,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.rates.delete(store, rateId), { actor });
  }

  /** The rates that count where the store has none of its own. */
  @Get('built-in-tax-rates')
  @Requires('settings.view')
  @Answers(200, builtInTaxRates)
  builtIn(@Param('storeId') _storeId: string) {
    const items = builtInRates.map(({ country, category, ppm, from, to }) => ({
      country,
      category,
      percent: ppm / 10_000,
      from,
      to,
    }));
    return { asOf: ratesAsOf, notice: ratesNotice, items };
  }

  private async defaults(store: StoreReader) {
    const { country } = await this.stores.get(store);
    return defaultTaxSettings(country);
  }
}
