import { Module } from '@nestjs/common';
import { Accounts } from './accounts.service';
import { ApiTokens } from './api-tokens.service';
import { Sessions } from './sessions.service';

/** People, sessions and personal API tokens. */
@Module({ providers: [Accounts, Sessions, ApiTokens], exports: [Accounts, Sessions, ApiTokens] })
export class IdentityModule {}
