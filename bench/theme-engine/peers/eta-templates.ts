const picture = (image: string, width: number, widths: string, sizes: string) =>
  `<img src="<%= it.h.imageUrl(${image}, ${width}) %>" srcset="<%= it.h.srcset(${image}, "${widths}") %>" sizes="${sizes}" ` +
  `alt="<%= ${image}.alt %>" width="<%= ${image}.width %>" height="<%= ${image}.height %>" loading="lazy">`;
const hovered = (...given: Parameters<typeof picture>) =>
  picture(...given).replace('<img ', '<img class="card-hover" ');
const cardWidths = '200,400,800,1200,1600';
const cardSizes = '(min-width:990px) 25vw,50vw';

/** The sections and the card in Eta: JavaScript between tags. */
export const etaSections: Readonly<Record<string, string>> = {
  card: `<article class="card<% if (it.product.on_sale) { %> card-sale<% } %>">
  <a class="card-media" href="<%= it.product.url %>">
    ${picture('it.product.featured_image', 800, cardWidths, cardSizes)}
    <% if (it.product.hover_image) { %>${hovered('it.product.hover_image', 800, cardWidths, cardSizes)}<% } %>
  </a>
  <% if (it.product.on_sale) { %><span class="badge"><%= it.h.t("product.sale") %></span><% } %>
  <% if (!it.product.available) { %><span class="badge"><%= it.h.t("product.sold_out") %></span><% } %>
  <p class="card-vendor"><%= it.product.vendor %></p>
  <h3 class="card-title"><a href="<%= it.product.url %>"><%= it.product.title %></a></h3>
  <% if (it.product.rating) { %><p class="card-rating" title="<%= it.product.rating.value %>"><%= it.product.rating.value %> / 5 (<%= it.product.rating.count %>)</p><% } %>
  <p class="card-price"><% if (it.product.compare_at_price) { %><s><%= it.h.money(it.product.compare_at_price) %></s> <% } %><b><%= it.h.money(it.product.price) %></b></p>
  <ul class="swatches">
    <% for (const option of it.product.options_with_values.slice(0, 1)) { %><% for (const value of option.values.slice(0, 4)) { %><li><a class="swatch<% if (!value.available) { %> swatch-out<% } %>" href="<%= value.url %>" title="<%= value.value %>"><%= value.value %></a></li><% } %><% } %>
  </ul>
  <form action="/cart/add" method="post" class="card-form">
    <input type="hidden" name="id" value="<%= it.product.first_variant_id %>">
    <button type="submit"><%= it.h.t("product.add", { name: it.product.title }) %></button>
  </form>
</article>`,
  header: `<a class="logo" href="<%= it.routes.root %>"><%= it.shop.name %></a>
<nav aria-label="<%= it.h.t("general.menu") %>">
  <ul class="menu">
    <% for (const link of it.menus.main.links) { %><li class="menu-item<% if (link.active) { %> is-active<% } %>"><a href="<%= link.url %>"><%= link.title %></a>
      <% if (link.links.length > 0) { %><div class="mega"><% for (const group of link.links) { %><div class="mega-group"><a href="<%= group.url %>"><%= group.title %></a><ul><% for (const leaf of group.links) { %><li><a href="<%= leaf.url %>"><%= leaf.title %></a></li><% } %></ul></div><% } %></div><% } %>
    </li><% } %>
  </ul>
</nav>
<a class="search-link" href="<%= it.routes.search %>"><%= it.h.t("general.search") %></a>`,
  footer: `<div class="footer-grid">
  <% for (const link of it.menus.main.links) { %><div><h2><%= link.title %></h2><ul><% for (const group of link.links) { %><li><a href="<%= group.url %>"><%= group.title %></a></li><% } %></ul></div><% } %>
</div>
<p class="copyright"><%= it.shop.name %> - <%= it.h.t("general.rights") %></p>`,
  banner: `<h1><%= it.collection.title %></h1>
<div class="rte"><%~ it.collection.description %></div>
<p><%= it.h.t("collection.count", { number: it.collection.products_count }) %></p>`,
  listing: `<div class="facets">
  <% for (const filter of it.collection.filters) { %><details class="facet"><summary><%= filter.label %><% if (filter.active_count > 0) { %> (<%= filter.active_count %>)<% } %></summary><ul>
    <% for (const value of filter.values) { %><li><a href="<%= value.url %>"<% if (value.active) { %> aria-current="true"<% } %>><%= value.label %> <span>(<%= value.count %>)</span></a></li><% } %>
  </ul></details><% } %>
</div>
<ul class="grid cols-<%= it.section.settings.columns %>">
  <% for (const [i, product] of it.collection.products.entries()) { %><li class="grid-item" data-index="<%= i %>"><%~ include("@card", { product, h: it.h }) %></li><% } if (it.collection.products.length === 0) { %><li><%= it.h.t("collection.empty") %></li><% } %>
</ul>
<nav class="pages" aria-label="<%= it.h.t("collection.pages") %>">
  <% for (const page of it.section.settings.pages) { %><% if (page.number === 1) { %><span aria-current="page"><%= page.number %></span><% } else { %><a href="<%= page.url %>"><%= page.number %></a><% } %><% } %>
</nav>`,
  hero: `${picture('it.section.settings.image', 2000, '400,800,1200,1600,2000', '100vw')}
<div class="hero-text">
  <% if (it.section.settings.title) { %><h1><%= it.section.settings.title %></h1><% } %>
  <% if (it.section.settings.text) { %><p><%= it.section.settings.text %></p><% } %>
  <% for (const block of it.section.blocks) { %><a class="button button-<%= block.settings.style %>" href="<%= block.settings.url %>"><%= block.settings.label %></a><% } %>
</div>`,
  logos: `<h2><%= it.section.settings.title %></h2>
<ul class="logos">
  <% for (const block of it.section.blocks) { %><li><img src="<%= it.h.imageUrl(block.settings.image, 400) %>" alt="<%= block.settings.image.alt %>" width="<%= block.settings.image.width %>" height="<%= block.settings.image.height %>" loading="lazy"></li><% } %>
</ul>`,
  featured: `<h2><%= it.section.settings.title %></h2>
<ul class="grid cols-4">
  <% for (const [i, product] of it.section.settings.collection.products.slice(0, 8).entries()) { %><li class="grid-item" data-index="<%= i %>"><%~ include("@card", { product, h: it.h }) %></li><% } if (it.section.settings.collection.products.slice(0, 8).length === 0) { %><li><%= it.h.t("collection.empty") %></li><% } %>
</ul>
<a class="button" href="<%= it.section.settings.collection.url %>"><%= it.h.t("collection.all") %></a>`,
  story: `<div class="story<% if (it.section.settings.reverse) { %> story-reverse<% } %>">
  ${picture('it.section.settings.image', 1200, '400,800,1200', '50vw')}
  <div><h2><%= it.section.settings.title %></h2><div class="rte"><%~ it.section.settings.text %></div><% if (it.section.settings.url) { %><a href="<%= it.section.settings.url %>"><%= it.h.t("general.more") %></a><% } %></div>
</div>`,
  columns: `<div class="columns">
  <% for (const [i, block] of it.section.blocks.entries()) { %><div class="column column-<%= i %>"><% if (block.type === "text") { %><h3><%= block.settings.title %></h3><p><%= block.settings.text %></p><% } else if (block.type === "number") { %><b><%= it.h.number(block.settings.value) %></b><p><%= block.settings.text %></p><% } %></div><% } %>
</div>`,
  quotes: `<ul class="quotes">
  <% for (const block of it.section.blocks) { %><li><figure><blockquote><%= block.settings.text %></blockquote><figcaption><%= block.settings.author %><% if (block.settings.place !== "") { %>, <%= block.settings.place %><% } %></figcaption></figure></li><% } %>
</ul>`,
  collections: `<h2><%= it.section.settings.title %></h2>
<ul class="grid cols-3">
  <% for (const collection of it.section.settings.collections) { %><li><a href="<%= collection.url %>">${picture('collection.image', 800, '200,400,800', '33vw')}<%= collection.title %> <span><%= it.h.t("collection.count", { number: collection.products_count }) %></span></a></li><% } %>
</ul>`,
  faq: `<h2><%= it.section.settings.title %></h2>
<% for (const [i, block] of it.section.blocks.entries()) { %><details<% if (i === 0) { %> open<% } %>><summary><%= block.settings.question %></summary><div class="rte"><%~ block.settings.answer %></div></details><% } %>`,
  newsletter: `<h2><%= it.section.settings.title %></h2>
<form action="/newsletter" method="post"><label for="n-email"><%= it.h.t("newsletter.email") %></label><input id="n-email" type="email" name="email" autocomplete="email"><button type="submit"><%= it.h.t("newsletter.send") %></button></form>`,
};
