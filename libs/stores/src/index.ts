export { StoresModule } from './stores.module';
export { Stores, type Store } from './stores.service';
export { Members, type InvitationMail } from './members.service';
export { StoreChanged, StoreCreated, MemberInvited } from './stores.events';
export { storesErrors } from './stores.errors';
