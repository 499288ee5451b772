export { type Config, type ConfigSecrets, CONFIG, loadConfig, loadSecrets } from './config';
export { ConfigError, envSchema } from './env';
export { type DatabaseRole, rolePassword, roleUrl } from './role-url';
