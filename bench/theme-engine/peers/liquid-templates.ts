const picture = (image: string, width: number, widths: string, sizes: string) =>
  `<img src="{{${image} | image_url: width: ${width}}}" srcset="{{${image} | srcset: "${widths}"}}" sizes="${sizes}" ` +
  `alt="{{${image}.alt}}" width="{{${image}.width}}" height="{{${image}.height}}" loading="lazy">`;
const hovered = (...given: Parameters<typeof picture>) =>
  picture(...given).replace('<img ', '<img class="card-hover" ');
const cardWidths = '200,400,800,1200,1600';
const cardSizes = '(min-width:990px) 25vw,50vw';

/** The sections and the card in Liquid, as a Shopify theme would write them. */
export const liquidSections: Readonly<Record<string, string>> = {
  card: `<article class="card{% if product.on_sale %} card-sale{% endif %}">
  <a class="card-media" href="{{product.url}}">
    ${picture('product.featured_image', 800, cardWidths, cardSizes)}
    {% if product.hover_image %}${hovered('product.hover_image', 800, cardWidths, cardSizes)}{% endif %}
  </a>
  {% if product.on_sale %}<span class="badge">{{"product.sale" | t}}</span>{% endif %}
  {% unless product.available %}<span class="badge">{{"product.sold_out" | t}}</span>{% endunless %}
  <p class="card-vendor">{{product.vendor}}</p>
  <h3 class="card-title"><a href="{{product.url}}">{{product.title}}</a></h3>
  {% if product.rating %}<p class="card-rating" title="{{product.rating.value}}">{{product.rating.value}} / 5 ({{product.rating.count}})</p>{% endif %}
  <p class="card-price">{% if product.compare_at_price %}<s>{{product.compare_at_price | money}}</s> {% endif %}<b>{{product.price | money}}</b></p>
  <ul class="swatches">
    {% for option in product.options_with_values limit: 1 %}{% for value in option.values limit: 4 %}<li><a class="swatch{% unless value.available %} swatch-out{% endunless %}" href="{{value.url}}" title="{{value.value}}">{{value.value}}</a></li>{% endfor %}{% endfor %}
  </ul>
  <form action="/cart/add" method="post" class="card-form">
    <input type="hidden" name="id" value="{{product.first_variant_id}}">
    <button type="submit">{{"product.add" | t: name: product.title}}</button>
  </form>
</article>`,
  header: `<a class="logo" href="{{routes.root}}">{{shop.name}}</a>
<nav aria-label="{{"general.menu" | t}}">
  <ul class="menu">
    {% for link in menus.main.links %}<li class="menu-item{% if link.active %} is-active{% endif %}"><a href="{{link.url}}">{{link.title}}</a>
      {% if link.links.size > 0 %}<div class="mega">{% for group in link.links %}<div class="mega-group"><a href="{{group.url}}">{{group.title}}</a><ul>{% for leaf in group.links %}<li><a href="{{leaf.url}}">{{leaf.title}}</a></li>{% endfor %}</ul></div>{% endfor %}</div>{% endif %}
    </li>{% endfor %}
  </ul>
</nav>
<a class="search-link" href="{{routes.search}}">{{"general.search" | t}}</a>`,
  footer: `<div class="footer-grid">
  {% for link in menus.main.links %}<div><h2>{{link.title}}</h2><ul>{% for group in link.links %}<li><a href="{{group.url}}">{{group.title}}</a></li>{% endfor %}</ul></div>{% endfor %}
</div>
<p class="copyright">{{shop.name}} - {{"general.rights" | t}}</p>`,
  banner: `<h1>{{collection.title}}</h1>
<div class="rte">{{collection.description | raw}}</div>
<p>{{"collection.count" | t: number: collection.products_count}}</p>`,
  listing: `<div class="facets">
  {% for filter in collection.filters %}<details class="facet"><summary>{{filter.label}}{% if filter.active_count > 0 %} ({{filter.active_count}}){% endif %}</summary><ul>
    {% for value in filter.values %}<li><a href="{{value.url}}"{% if value.active %} aria-current="true"{% endif %}>{{value.label}} <span>({{value.count}})</span></a></li>{% endfor %}
  </ul></details>{% endfor %}
</div>
<ul class="grid cols-{{section.settings.columns}}">
  {% for product in collection.products %}<li class="grid-item" data-index="{{forloop.index0}}">{% render "card", product: product %}</li>{% else %}<li>{{"collection.empty" | t}}</li>{% endfor %}
</ul>
<nav class="pages" aria-label="{{"collection.pages" | t}}">
  {% for page in section.settings.pages %}{% if page.number == 1 %}<span aria-current="page">{{page.number}}</span>{% else %}<a href="{{page.url}}">{{page.number}}</a>{% endif %}{% endfor %}
</nav>`,
  hero: `${picture('section.settings.image', 2000, '400,800,1200,1600,2000', '100vw')}
<div class="hero-text">
  {% if section.settings.title %}<h1>{{section.settings.title}}</h1>{% endif %}
  {% if section.settings.text %}<p>{{section.settings.text}}</p>{% endif %}
  {% for block in section.blocks %}<a class="button button-{{block.settings.style}}" href="{{block.settings.url}}">{{block.settings.label}}</a>{% endfor %}
</div>`,
  logos: `<h2>{{section.settings.title}}</h2>
<ul class="logos">
  {% for block in section.blocks %}<li><img src="{{block.settings.image | image_url: width: 400}}" alt="{{block.settings.image.alt}}" width="{{block.settings.image.width}}" height="{{block.settings.image.height}}" loading="lazy"></li>{% endfor %}
</ul>`,
  featured: `<h2>{{section.settings.title}}</h2>
<ul class="grid cols-4">
  {% for product in section.settings.collection.products limit: 8 %}<li class="grid-item" data-index="{{forloop.index0}}">{% render "card", product: product %}</li>{% else %}<li>{{"collection.empty" | t}}</li>{% endfor %}
</ul>
<a class="button" href="{{section.settings.collection.url}}">{{"collection.all" | t}}</a>`,
  story: `<div class="story{% if section.settings.reverse %} story-reverse{% endif %}">
  ${picture('section.settings.image', 1200, '400,800,1200', '50vw')}
  <div><h2>{{section.settings.title}}</h2><div class="rte">{{section.settings.text | raw}}</div>{% if section.settings.url %}<a href="{{section.settings.url}}">{{"general.more" | t}}</a>{% endif %}</div>
</div>`,
  columns: `<div class="columns">
  {% for block in section.blocks %}<div class="column column-{{forloop.index0}}">{% case block.type %}{% when "text" %}<h3>{{block.settings.title}}</h3><p>{{block.settings.text}}</p>{% when "number" %}<b>{{block.settings.value | number}}</b><p>{{block.settings.text}}</p>{% endcase %}</div>{% endfor %}
</div>`,
  quotes: `<ul class="quotes">
  {% for block in section.blocks %}<li><figure><blockquote>{{block.settings.text}}</blockquote><figcaption>{{block.settings.author}}{% if block.settings.place != "" %}, {{block.settings.place}}{% endif %}</figcaption></figure></li>{% endfor %}
</ul>`,
  collections: `<h2>{{section.settings.title}}</h2>
<ul class="grid cols-3">
  {% for collection in section.settings.collections %}<li><a href="{{collection.url}}">${picture('collection.image', 800, '200,400,800', '33vw')}{{collection.title}} <span>{{"collection.count" | t: number: collection.products_count}}</span></a></li>{% endfor %}
</ul>`,
  faq: `<h2>{{section.settings.title}}</h2>
{% for block in section.blocks %}<details{% if forloop.first %} open{% endif %}><summary>{{block.settings.question}}</summary><div class="rte">{{block.settings.answer | raw}}</div></details>{% endfor %}`,
  newsletter: `<h2>{{section.settings.title}}</h2>
<form action="/newsletter" method="post"><label for="n-email">{{"newsletter.email" | t}}</label><input id="n-email" type="email" name="email" autocomplete="email"><button type="submit">{{"newsletter.send" | t}}</button></form>`,
};
