import { Module } from '@nestjs/common';
import { DomainsModule } from '../domains.module';
import { RunAdvanceHostname } from './run-advance-hostname.job';
import { SweepHostnames } from './sweep-hostnames.job';

/** What the worker does for hostnames. */
@Module({ imports: [DomainsModule], providers: [RunAdvanceHostname, SweepHostnames] })
export class DomainsWorkerModule {}
