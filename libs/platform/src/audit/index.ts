export { type Actor, systemActor } from './actor';
export { type AuditEntry, changedFields } from './audit-entry';
