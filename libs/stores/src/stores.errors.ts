import { defineErrors } from '@libs/kernel';

export const storesErrors = defineErrors('stores', {
  'store-not-found': { kind: 'missing', text: 'There is no such store.' },
  'organization-not-found': { kind: 'missing', text: 'There is no such organization.' },
  'handle-taken': { kind: 'conflict', text: 'The handle {handle} is taken; choose another.' },
  'handle-reserved': { kind: 'invalid', text: 'The handle {handle} is kept for the platform.' },
  'bad-handle': {
    kind: 'invalid',
    text: 'A handle has 1 to 63 small letters, digits and hyphens, and no hyphen at its ends.',
  },
  'unknown-country': { kind: 'invalid', text: '{country} is not a country code of ISO 3166-1.' },
  'unknown-locale': {
    kind: 'invalid',
    text: '{locale} is not a language tag such as en or zh-CN.',
  },
  'unknown-time-zone': {
    kind: 'invalid',
    text: '{timeZone} is not a time zone such as Europe/Berlin.',
  },
  'dead-letter-not-found': { kind: 'missing', text: 'There is no such failed job.' },
  'unknown-permission': { kind: 'invalid', text: '{permission} is not a permission.' },
  'role-not-found': { kind: 'missing', text: 'There is no such role.' },
  'role-name-taken': { kind: 'conflict', text: 'There is a role named {name} already.' },
  'role-built-in': { kind: 'conflict', text: 'The role {name} is built in and stays as it is.' },
  'role-in-use': {
    kind: 'conflict',
    text: 'The role is held by members or invitations; change those first.',
  },
  'member-not-found': { kind: 'missing', text: 'There is no such member.' },
  'last-owner': { kind: 'conflict', text: 'An organization keeps at least one owner.' },
  'beyond-own-rights': {
    kind: 'forbidden',
    text: 'Nobody can give away what they do not have: the permission {permission} is not yours.',
  },
  'foreign-store': {
    kind: 'invalid',
    text: 'Not all of these stores are yours to give: name stores of this organization that you may enter yourself.',
  },
  'already-member': { kind: 'conflict', text: '{email} is a member already.' },
  'invitation-not-found': { kind: 'missing', text: 'There is no such invitation.' },
  'invitation-expired': {
    kind: 'invalid',
    text: 'This invitation was used, withdrawn or is older than seven days; ask for a new one.',
  },
  'invitation-for-other': {
    kind: 'forbidden',
    text: 'This invitation is for another e-mail address; sign in with that one.',
  },
});
