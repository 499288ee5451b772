import { Module } from '@nestjs/common';
import { DomainsModule } from '../domains.module';
import { HostnamesController } from './hostnames.controller';

/** The merchant's routes of this slice. */
@Module({ imports: [DomainsModule], controllers: [HostnamesController] })
export class DomainsApiModule {}
