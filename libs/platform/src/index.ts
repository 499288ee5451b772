export { CLOCK, PlatformModule, type PlatformOptions } from './platform.module';
