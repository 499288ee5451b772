import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { IdentityModule } from '../identity.module';
import { AccountController } from './account.controller';
import { AuthGuard } from './auth-guard';
import { PasswordResetsController } from './password-resets.controller';
import { SignInController } from './sign-in.controller';

/** What identity offers over HTTP; its guard stands before every route of the process. */
@Module({
  imports: [IdentityModule],
  controllers: [SignInController, PasswordResetsController, AccountController],
  providers: [{ provide: APP_GUARD, useClass: AuthGuard }],
})
export class IdentityApiModule {}
