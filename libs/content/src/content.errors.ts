import { defineErrors } from '@libs/kernel';

export const contentErrors = defineErrors('content', {
  'page-not-found': { kind: 'missing', text: 'There is no such page.' },
  'policy-page': {
    kind: 'invalid',
    text: 'The page that is to be the {kind} policy is not one of this store.',
  },
  'menu-not-found': { kind: 'missing', text: 'There is no such menu.' },
  'blog-not-found': { kind: 'missing', text: 'There is no such blog.' },
  'article-not-found': { kind: 'missing', text: 'There is no such article.' },
  'image-not-found': { kind: 'invalid', text: 'There is no such image.' },
  'metaobject-not-found': { kind: 'missing', text: 'There is no such metaobject.' },
  'metaobject-definition-not-found': {
    kind: 'missing',
    text: 'There is no such metaobject definition.',
  },
  'metaobject-type-taken': { kind: 'conflict', text: 'There is a metaobject type {type} already.' },
  'unknown-metaobject-type': { kind: 'invalid', text: 'There is no metaobject type {type}.' },
  'unknown-field-type': { kind: 'invalid', text: 'There is no field type {type}.' },
  'field-twice': { kind: 'invalid', text: 'The field {key} is defined twice.' },
  'field-type-fixed': {
    kind: 'conflict',
    text: 'The field {key} is of the type {was}, which cannot be changed.',
  },
  'unknown-field': { kind: 'invalid', text: 'There is no field {key}.' },
  'field-missing': { kind: 'invalid', text: 'The field {key} must have a value.' },
  'bad-field-value': { kind: 'invalid', text: 'The value of {key} is not of the type {type}.' },
  'handle-taken': { kind: 'conflict', text: 'The handle {handle} is taken.' },
  'bad-link': {
    kind: 'invalid',
    text: '“{link}” is not a link: it starts with /, https://, http://, mailto:, tel: or #.',
  },
  'menu-too-deep': { kind: 'invalid', text: 'A menu has at most three levels.' },
  'menu-too-long': { kind: 'invalid', text: 'A menu has at most {limit} entries.' },
});
