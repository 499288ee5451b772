export { type LogFields, logContext, withLogContext } from './log-context';
export { Log, type LogOptions } from './log';
export { NestLog } from './nest-log';
export { Metrics, type MetricOptions } from './metrics';
export { type Tracing, type TracingOptions, startTracing } from './tracing';
