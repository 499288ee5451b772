export { Bus, type BusMessage } from './bus';
export { RedisBus, type RedisBusOptions } from './redis-bus';
export { PostgresBus, type PostgresBusOptions } from './postgres-bus';
export { busErrors } from './bus.errors';
