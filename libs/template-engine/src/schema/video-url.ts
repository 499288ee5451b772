/** A video on a host that the language knows. */
export interface HostedVideo {
  readonly host: 'youtube' | 'vimeo';
  readonly id: string;
  readonly embed_url: string;
}

const YOUTUBE = new Set(['youtube.com', 'm.youtube.com', 'youtube-nocookie.com', 'youtu.be']);
const VIMEO = new Set(['vimeo.com', 'player.vimeo.com']);

/** The video behind an address of YouTube or Vimeo; null for any other address. The host is parsed, never searched for. */
export function parseVideoUrl(text: string): HostedVideo | null {
  const url =
    /^https:\/\//i.test(text) && text.length <= 500 && URL.canParse(text) ? new URL(text) : null;
  if (!url) return null;
  const host = url.hostname.replace(/^www\./, '');
  const path = url.pathname.split('/').filter((part) => part !== '');
  if (YOUTUBE.has(host)) {
    const named = ['embed', 'shorts', 'live', 'v'].includes(path[0] ?? '') ? path[1] : undefined;
    const id = host === 'youtu.be' ? path[0] : (url.searchParams.get('v') ?? named);
    if (!/^[\w-]{11}$/.test(id ?? '')) return null;
    return { host: 'youtube', id: id!, embed_url: `https://www.youtube-nocookie.com/embed/${id}` };
  }
  const id = VIMEO.has(host) ? path.find((part) => /^\d{4,15}$/.test(part)) : undefined;
  if (id === undefined) return null;
  return { host: 'vimeo', id, embed_url: `https://player.vimeo.com/video/${id}` };
}
