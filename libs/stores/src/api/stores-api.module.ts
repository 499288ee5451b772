import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { IdentityModule } from '@libs/identity';
import { StoresModule } from '../stores.module';
import { AuditLogController } from './audit-log.controller';
import { DeadLettersController } from './dead-letters.controller';
import { InvitationsController } from './invitations.controller';
import { MembersController } from './members.controller';
import { RolesController } from './roles.controller';
import { SignUpController } from './sign-up.controller';
import { StoreAccessGuard } from './store-access-guard';
import { StoresController } from './stores.controller';

/** What stores offers over HTTP; its guard stands before every route of a store or an organization. */
@Module({
  imports: [IdentityModule, StoresModule],
  controllers: [
    SignUpController,
    StoresController,
    AuditLogController,
    DeadLettersController,
    MembersController,
    InvitationsController,
    RolesController,
  ],
  providers: [{ provide: APP_GUARD, useClass: StoreAccessGuard }],
})
export class StoresApiModule {}
