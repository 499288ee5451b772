import { Module } from '@nestjs/common';
import { Members } from './members.service';
import { Organizations } from './organizations.service';
import { Roles } from './roles.service';
import { Stores } from './stores.service';

/** Organizations, their people and their stores. */
@Module({
  providers: [Organizations, Roles, Members, Stores],
  exports: [Organizations, Roles, Members, Stores],
})
export class StoresModule {}
