export { environmentWith } from './child-environment';
export { type Config, type ConfigSecrets, CONFIG, loadConfig, loadSecrets } from './config';
export { ConfigError, type Env, envSchema, readEnv } from './env';
export { faultPoint, type FaultPoint } from './fault-point';
export { type DatabaseRole, rolePassword, roleUrl } from './role-url';
