import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { PlatformModule, type PlatformOptions } from '@libs/platform';
import { ForgetRequests } from './clock/forget-requests.job';

/** The container of a worker: the machines and the slices' worker faces. Who does what is found in it by decorators. */
@Module({})
export class WorkerModule {
  static forRoot(platform: PlatformOptions, faces: (Type | DynamicModule)[]): DynamicModule {
    return {
      module: WorkerModule,
      imports: [PlatformModule.forRoot(platform), ...faces],
      providers: [ForgetRequests],
    };
  }
}
