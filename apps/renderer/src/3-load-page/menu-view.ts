import type { LinkData, MenuData } from '@renderer/content';

/** Where the shopper is, for marking links. */
export interface LinkState {
  path: string;
}

/** A menu as templates read it, its links marked as leading here or above here. */
export function menuView({ handle, title, links }: MenuData, state: LinkState): object {
  return { handle, title, links: links.map((link) => linkView(link, state)) };
}

interface LinkView {
  active: boolean;
  child_active: boolean;
  links: LinkView[];
}

function linkView({ title, url, links }: LinkData, state: LinkState): LinkView & object {
  const children = links.map((link) => linkView(link, state));
  return {
    title,
    url,
    type: kindOf(url),
    active: url === state.path,
    child_active: children.some((child) => child.active || child.child_active),
    image: null,
    links: children,
  } as LinkView;
}

function kindOf(url: string): string {
  const match = /^\/(collections|products|pages|search|blogs)(\/|$)/.exec(url);
  if (url === '/') return 'home';
  return match?.[1] ?? 'http';
}
