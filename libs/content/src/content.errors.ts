import { defineErrors } from '@libs/kernel';

export const contentErrors = defineErrors('content', {
  'page-not-found': { kind: 'missing', text: 'There is no such page.' },
  'menu-not-found': { kind: 'missing', text: 'There is no such menu.' },
  'blog-not-found': { kind: 'missing', text: 'There is no such blog.' },
  'article-not-found': { kind: 'missing', text: 'There is no such article.' },
  'image-not-found': { kind: 'invalid', text: 'There is no such image.' },
  'handle-taken': { kind: 'conflict', text: 'The handle {handle} is taken.' },
  'bad-link': {
    kind: 'invalid',
    text: '“{link}” is not a link: it starts with /, https://, http://, mailto:, tel: or #.',
  },
  'menu-too-deep': { kind: 'invalid', text: 'A menu has at most three levels.' },
  'menu-too-long': { kind: 'invalid', text: 'A menu has at most {limit} entries.' },
});
