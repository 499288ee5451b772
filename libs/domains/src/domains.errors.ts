import { defineErrors } from '@libs/kernel';

/** What can be wrong with a hostname or with what is asked of it. */
export const domainsErrors = defineErrors('domains', {
  'hostname-malformed': { kind: 'invalid', text: '{hostname} is not a hostname.' },
  'hostname-address': {
    kind: 'invalid',
    text: '{hostname} is an IP address; connect a domain name instead.',
  },
  'hostname-too-long': { kind: 'invalid', text: 'A hostname has at most 253 characters.' },
  'hostname-too-few-labels': {
    kind: 'invalid',
    text: '{hostname} lacks an ending such as .com.',
  },
  'hostname-too-many-labels': {
    kind: 'invalid',
    text: 'A hostname has at most ten parts; certificate authorities refuse more.',
  },
  'hostname-reserved': {
    kind: 'invalid',
    text: '{hostname} has an ending that does not exist on the public internet.',
  },
  'hostname-public-suffix': {
    kind: 'invalid',
    text: '{hostname} is an ending under which others register names; connect a name under it.',
  },
  'hostname-unknown-suffix': {
    kind: 'invalid',
    text: '{hostname} has an ending that is not known.',
  },
  'hostname-platform': {
    kind: 'invalid',
    text: '{hostname} belongs to the platform; it needs no connecting.',
  },
  'hostname-already-added': { kind: 'conflict', text: '{hostname} is already in this store.' },
  'too-many-hostnames': { kind: 'conflict', text: 'A store has at most {limit} hostnames.' },
  'hostname-missing': { kind: 'missing', text: 'There is no such hostname.' },
  'hostname-not-ready': {
    kind: 'conflict',
    text: '{hostname} is not connected yet, so it cannot be the primary hostname.',
  },
  'hostname-is-going': { kind: 'conflict', text: '{hostname} is being removed.' },
  'checked-too-soon': {
    kind: 'limited',
    text: 'This hostname was checked a moment ago; try again in {seconds} seconds.',
  },
});
