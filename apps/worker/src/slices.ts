import type { DynamicModule, Type } from '@nestjs/common';

/** The worker faces: what happens after the commit, slice by slice. */
export const slices: (Type | DynamicModule)[] = [];
