import type { Type } from '@nestjs/common';
import { IdentityApiModule } from '@api/identity';
import { ContentApiModule } from '@api/content';
import { StoresApiModule } from '@api/stores';

/** The api faces, in the order in which their guards stand: who asks, then where they may go. */
export const slices: Type[] = [IdentityApiModule, StoresApiModule, ContentApiModule];
