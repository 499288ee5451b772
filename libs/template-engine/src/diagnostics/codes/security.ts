import { error, fixable, warning } from './record';

/** What could harm shoppers. */
export const SECURITY = {
  S_UNQUOTED_ATTR: fixable(
    error(
      'A value in an attribute without quotes',
      'A space in the value would begin another attribute, even a handler. Put the value in quotes.',
      '<a class={{kind}}>',
      '<a class="{{kind}}">',
    ),
  ),
  S_SCRIPT_INTERPOLATION: error(
    'A value inside <script>',
    'A product title could end the string and become code. Only {{json value}} is safe there; data-attributes are better.',
    '<script>const title = "{{@product.title}}"</script>',
    '<script>const title = {{json @product.title}}</script>',
  ),
  S_STYLE_INTERPOLATION: error(
    'Free text inside CSS',
    'Text can close a rule and begin others. Colours, numbers, fonts and addresses of settings may stand in CSS; {{color_rgba x 1}} takes a text for a colour.',
    '<p style="color:{{@product.vendor}}">',
    '<p style="color:{{@section.settings.color}}">',
  ),
  S_HANDLER_INTERPOLATION: error(
    'A value inside an event handler',
    'The attribute is script, and no escaping is safe there. Listen in {{#script}} and hand values in data-attributes.',
    '<b onclick="show(\'{{@product.title}}\')">',
    '<b data-title="{{@product.title}}">',
  ),
  S_RAW_IN_ATTR: error(
    'Unescaped markup inside an attribute',
    'Markup with a quote in it ends the attribute. Print it escaped, or without its tags.',
    '<p title="{{{@product.description}}}">',
    '<p title="{{strip_html @product.description}}">',
  ),
  S_URL_SCHEME: error(
    'An address that could run code',
    'href, src and action begin with an address of the platform or of a url setting: free text could say javascript:. Constant addresses may not begin with javascript:, vbscript: or data: (pictures excepted).',
    '<a href="{{@product.vendor}}">',
    '<a href="{{@product.url}}">',
  ),
  S_BASE: error(
    '<base> changes every address of the page',
    'Forms, links and scripts of the platform would go elsewhere. Write addresses in full.',
    '<base href="/shop/">',
    '<a href="/shop/bags">',
  ),
  S_META_REFRESH: error(
    'The page sends its visitors elsewhere',
    'Redirects belong into the redirects of the store, where merchants see them.',
    '<meta http-equiv="refresh" content="0;url=/sale">',
    '<a href="/sale">',
  ),
  S_ESI: error(
    'Server-side includes',
    'Caches before the store could run them for everybody. Use snippets.',
    '<esi:include src="/x"/>',
    '{{> x}}',
  ),
  S_FORM_ACTION: error(
    'A form that sends to another site',
    'What shoppers type would leave the store. Use {{#form}}, which sets address and method itself.',
    '<form action="https://elsewhere.example">',
    '{{#form "contact"}}…{{/form}}',
  ),
  S_DYNAMIC_ATTR_NAME: error(
    'The name of an attribute is computed',
    'A computed name could be a handler. Write names out; {{attrs}} prints several, {{#if}} leaves one out.',
    '<p {{name}}="1">',
    '<p {{#if hidden}}hidden{{/if}}>',
  ),
  S_DYNAMIC_TAG: error(
    'The name of an element is computed',
    'It could be script. Choose between constant elements.',
    '<{{tag}}>…</{{tag}}>',
    '{{#if big}}<h2>…</h2>{{else}}<h3>…</h3>{{/if}}',
  ),
  S_INLINE_HANDLER: warning(
    'A handler in the markup',
    'A strict content security policy does not run it. Listen in {{#script}}.',
    '<button onclick="toggle()">',
    '<button data-toggle>',
  ),
  S_EXTERNAL_SCRIPT: warning(
    'A script of another site',
    'It runs with all rights of the store page, sees what shoppers type, and costs a connection. Put it under assets/, or name its host in the content security policy of the store.',
    '<script src="https://cdn.example/x.js" defer></script>',
    '{{asset "x.js"}}',
  ),
  S_PLATFORM_ID: error(
    'An id or name that belongs to the platform',
    'Browsers turn ids and names into properties of window, document and forms: some names hide what scripts rely on. Ids that begin with s-, hbt- or caravel- are given by the platform.',
    '<form name="cookie">',
    '<form name="signup">',
  ),
} as const;
