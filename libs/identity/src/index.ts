export { IdentityModule } from './identity.module';
export { Accounts, type User } from './accounts.service';
export { Sessions, type Credential } from './sessions.service';
export { ApiTokens } from './api-tokens.service';
export { PasswordResetRequested } from './identity.events';
export { identityErrors } from './identity.errors';
export { hashPassword, verifyPassword } from './password/password';
