/** The style of our own pages: one sheet, light and dark, either direction of writing, no file to load. */
export const style = `
:root{color-scheme:light dark;--family:system-ui,-apple-system,"Segoe UI",sans-serif;--accent:#1f4d3f;--on-accent:#fff;
--paper:#fff;--side:#f6f5f3;--ink:#1b1a18;--soft:#66625b;--line:#dcd8d1;--field:#8b867d;--bad:#b3261e;--bad-paper:#fdf1f0;--info-paper:#f1f5f3}
@media (prefers-color-scheme:dark){:root{--paper:#171614;--side:#1f1e1b;--ink:#f0eeea;--soft:#aaa59b;--line:#3a3833;--field:#77736a;
--bad:#ff9a8f;--bad-paper:#33201d;--info-paper:#1d2824}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;font:1rem/1.5 var(--family);color:var(--ink);background:var(--paper);overflow-wrap:anywhere}
h1,h2,h3,p,dl,dd,ul,ol,fieldset{margin:0;padding:0;border:0}
ul,ol{list-style:none}
h1{font-size:1.5rem;line-height:1.25;font-weight:600;letter-spacing:-.01em}
h2{font-size:1.125rem;line-height:1.35;font-weight:600}
legend{padding:0;font-size:1.125rem;line-height:1.35;font-weight:600;margin-block-end:.875rem}
a{color:inherit;text-underline-offset:.2em}
html:lang(ar){font-size:106.25%}:lang(ar) :is(h1,.shop),:lang(zh) :is(h1,.shop){letter-spacing:normal}:lang(ar) body,:lang(zh) body{line-height:1.7}
:lang(zh) body{text-autospace:normal;line-break:strict}
.soft{color:var(--soft)}
.visually-hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;inset-inline-start:1rem;inset-block-start:-4rem;background:var(--paper);padding:.75rem 1rem;z-index:2}
.skip:focus{inset-block-start:1rem}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
@media (prefers-color-scheme:dark){:focus-visible{outline-color:var(--ink)}}
.top{padding:1.125rem 1.25rem;border-block-end:1px solid var(--line);display:flex;justify-content:space-between;align-items:center;gap:1rem}
.shop{font-size:1.1875rem;font-weight:600;text-decoration:none;letter-spacing:-.01em}
.shop img{display:block;max-height:44px;width:auto;max-width:200px}
.test{background:#ffd84d;color:#221d00;padding:.5rem 1.25rem;text-align:center;font-size:.9375rem;font-weight:600}
.page{display:flex;flex-direction:column}
main{padding:1.5rem 1.25rem 3rem;max-width:40rem;width:100%;margin-inline:auto}
aside{background:var(--side);border-block-end:1px solid var(--line);order:-1}
.summary{max-width:40rem;margin-inline:auto}
.summary>summary{display:flex;justify-content:space-between;gap:1rem;padding:1rem 1.25rem;cursor:pointer;list-style:none;min-height:3.25rem;align-items:center}
.summary>summary::-webkit-details-marker{display:none}
.summary>summary span::after{content:"";display:inline-block;width:.45rem;height:.45rem;margin-inline-start:.625rem;border:solid currentColor;border-width:0 1.5px 1.5px 0;transform:translateY(-.15rem) rotate(45deg)}
.summary[open]>summary span::after{transform:translateY(.1rem) rotate(-135deg)}
.summary>section{padding:.25rem 1.25rem 1.5rem}
.steps ol{display:flex;flex-wrap:wrap;gap:.25rem .5rem;font-size:.875rem;margin-block-end:1.25rem}
.steps li{display:flex;gap:.5rem;color:var(--soft)}
.steps li+li::before{content:"/";color:var(--field);padding-block:.25rem}
.steps a,.steps span{display:inline-block;padding-block:.25rem}
.steps [aria-current]{color:var(--ink);font-weight:600}
form>*+*,.stack>*+*{margin-block-start:1.5rem}
h1+*{margin-block-start:1.25rem}
.fields{display:grid;grid-template-columns:repeat(6,1fr);gap:.875rem;margin-block-start:.875rem}
.field{grid-column:1/-1;min-width:0}
label{display:block;font-size:.875rem;font-weight:500;margin-block-end:.3125rem}
label .soft{font-weight:400}
input:not([type=radio],[type=checkbox]),select,textarea{display:block;width:100%;min-height:3rem;font:inherit;color:inherit;background:var(--paper);border:1px solid var(--field);border-radius:.5rem;padding:.625rem .8125rem}
input[dir=ltr]:not(:placeholder-shown){text-align:start}
.wrong input,.wrong select{border-color:var(--bad);box-shadow:0 0 0 1px var(--bad)}
.fault{color:var(--bad);font-size:.875rem;margin-block-start:.3125rem}
.enter.enter{position:absolute;width:1px;height:1px;min-height:0;padding:0;border:0;opacity:0;clip-path:inset(50%);pointer-events:none}
.hint{font-size:.875rem;margin-block-start:.3125rem}
.country .quiet{margin-block-start:.375rem}
.scripted .country .quiet{display:none}
button{font:inherit;cursor:pointer;border-radius:.5rem;border:1px solid transparent;min-height:3rem;padding:.625rem 1.25rem;color:inherit;background:none}
.first{background:var(--accent);color:var(--on-accent);font-weight:600;width:100%;min-height:3.375rem}
.first:hover{filter:brightness(1.12)}
.second{border-color:var(--field);background:var(--paper);font-weight:500}
.quiet{padding:.375rem 0;min-height:2.75rem;text-decoration:underline;text-underline-offset:.2em;font-size:.9375rem}
.button{display:inline-flex;align-items:center;justify-content:center;text-decoration:none;border-radius:.5rem;min-height:3.375rem;padding:.625rem 1.25rem;background:var(--accent);color:var(--on-accent);font-weight:600}
.forward{display:flex;flex-direction:column;gap:.5rem;align-items:center;margin-block-start:1.75rem}
.forward a{min-height:2.75rem;display:inline-flex;align-items:center;font-size:.9375rem}
.check{display:grid;grid-template-columns:auto 1fr;gap:.75rem;align-items:start;font-size:.9375rem;font-weight:400;min-height:1.75rem;margin-block-start:.875rem;cursor:pointer}
input[type=radio],input[type=checkbox]{width:1.25rem;height:1.25rem;margin:.1rem 0 0;accent-color:var(--accent);border-radius:.1875rem}input[type=radio]{border-radius:50%}
@media (prefers-color-scheme:dark){input[type=radio],input[type=checkbox]{accent-color:#8fd0b9}}
.recap{border:1px solid var(--line);border-radius:.625rem;padding-inline:1rem}
.recap>div{display:grid;grid-template-columns:1fr auto;gap:0 1rem;padding-block:.875rem}
.recap>div+div{border-block-start:1px solid var(--line)}
.recap dt{color:var(--soft);font-size:.875rem;grid-column:1/-1}
.recap dd.go a{display:inline-block;padding-block:.125rem;font-size:.9375rem}
.options{border:1px solid var(--field);border-radius:.625rem;overflow:clip}
.options>li+li{border-block-start:1px solid var(--line)}
.options label{display:grid;grid-template-columns:auto 1fr auto;gap:.125rem .8125rem;padding:.9375rem 1rem;margin:0;font-size:1rem;cursor:pointer;min-height:3.25rem}
.options label:hover{background:var(--side)}
.options li:has(:checked){background:var(--info-paper)}
.options .soft{grid-column:2/-1;font-weight:400;font-size:.9375rem}
.field-box{padding:0 1rem 1rem;margin:0}.field-box:not(.open){display:none}
.options li:has(input[name=payment]):not(:has(:checked)) .field-box{display:none}
html:not(.scripted) .scripts{display:none}
.busy{opacity:.6;pointer-events:none}
.express{border-block-end:1px solid var(--line);padding-block-end:1rem}.express form{display:grid;gap:.625rem;margin-block:.75rem}
.express+form{margin-block-start:1.25rem}
.badge{display:inline-block;background:#ffd84d;color:#221d00;border-radius:.25rem;font-size:.75rem;font-weight:600;padding:.0625rem .4375rem;margin-inline-start:.375rem;vertical-align:.1em}
.other{display:none;padding-block-start:1rem}
:has(#billing-other:checked)>.other,:has(#scope-some:checked)>.other{display:block}
textarea{resize:vertical}
.units{border:1px solid var(--line);border-radius:.625rem;padding-inline:1rem}
.units>li{display:grid;grid-template-columns:1fr 5rem;gap:1rem;align-items:center;padding-block:.75rem}
.units>li+li{border-block-start:1px solid var(--line)}
.units label{margin:0;font-size:1rem;font-weight:400}
.units .wide{grid-column:1/-1;margin:0}.units .wide label{font-size:.875rem;font-weight:500;margin-block-end:.3125rem}
.after{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem}
.after a,.after button{display:inline-flex;align-items:center;min-height:2.75rem;text-decoration:underline;padding:0}
.after form{margin:0}
.foot{border-block-start:1px solid var(--line);padding:.5rem 1.25rem;font-size:.875rem}.foot .after{max-width:60rem;margin-inline:auto;justify-content:center}
.back{margin-block-start:1rem}
.notice{border:1px solid;border-radius:.625rem;padding:1rem;margin-block-end:1.5rem}
.notice.error{border-color:var(--bad);background:var(--bad-paper)}
.notice.info{border-color:var(--line);background:var(--info-paper)}
.notice p{font-weight:600}
.notice ul{margin-block-start:.5rem;padding-inline-start:1.125rem;list-style:disc}
.notice .action{display:inline-block;margin-block-start:.75rem;font-weight:500}
.lines li{display:grid;grid-template-columns:auto 1fr auto;gap:1rem;padding-block:.625rem;align-items:center}
.thumb{position:relative}
.thumb img,.thumb>span:first-child{display:block;width:4rem;height:4rem;border-radius:.5rem;object-fit:cover;background:var(--line);border:1px solid var(--line)}
.count{position:absolute;inset-block-start:-.5rem;inset-inline-end:-.5rem;min-width:1.4375rem;height:1.4375rem;border-radius:1rem;background:var(--ink);color:var(--paper);font-size:.8125rem;font-weight:600;line-height:1.4375rem;text-align:center;padding-inline:.375rem}
.what{font-size:.9375rem;line-height:1.4;min-width:0;hyphens:auto}.what p:first-child{font-weight:500}
.price{text-align:end;font-size:.9375rem;font-variant-numeric:tabular-nums}
.price s{display:block;font-size:.875rem}
.codes{padding-block:1rem;border-block:1px solid var(--line);margin-block:.875rem}
.codes>*+*{margin-block-start:.5rem}
.row{display:flex;gap:.625rem}.between{align-items:center;justify-content:space-between}.row input{flex:1;min-width:0}
.tags{display:flex;flex-wrap:wrap;gap:.5rem}
.tags li{display:inline-flex;align-items:center;background:var(--paper);border:1px solid var(--line);border-radius:2rem;padding-inline-start:.875rem;font-size:.9375rem}
.tags button{min-height:2.5rem;min-width:2.5rem;padding:0;font-size:1.25rem;line-height:1}
.lines+.amounts{border-block-start:1px solid var(--line);margin-block-start:.875rem;padding-block-start:.875rem}
.amounts>div{display:flex;justify-content:space-between;gap:1rem;padding-block:.25rem;font-size:.9375rem}
.amounts dd{font-variant-numeric:tabular-nums;text-align:end}
.amounts .total{font-size:1.1875rem;font-weight:600;padding-block:.75rem .25rem;margin-block-start:.5rem;border-block-start:1px solid var(--line)}
.amounts .tax,.tax{font-size:.875rem}
.agree{font-size:.9375rem}
.wait{display:inline-block;width:1.75rem;height:1.75rem;border:3px solid var(--line);border-block-start-color:var(--accent);border-radius:50%;animation:turn 1s linear infinite}
@keyframes turn{to{transform:rotate(1turn)}}
@media (prefers-reduced-motion:reduce){.wait{animation:none}}
.card{border:1px solid var(--line);border-radius:.625rem;padding:1.125rem}
.card h2{margin-block-end:.625rem}.card .way{margin-block-start:.75rem}
.card>.plain:not(h2+*){margin-block-start:.75rem;padding-block-start:.75rem;border-block-start:1px solid var(--line)}.plain>li+li{margin-block-start:.75rem}
.pre{white-space:pre-line}[dir=rtl] .pre{unicode-bidi:plaintext;text-align:right}
.cards{display:grid;gap:1rem}
.alone{min-height:65vh;display:grid;align-content:center;justify-items:center;text-align:center;gap:.75rem;text-wrap:balance}.alone>*{margin:0}.alone .button{margin-block-start:.75rem}
@media (min-width:36rem){.field.half{grid-column:span 3}.field.third{grid-column:span 2}.cards.two{grid-template-columns:1fr 1fr}}
@media (min-width:60rem){
.top{padding-inline:calc(max(2rem,50vw - 31rem))}
.page{display:grid;grid-template-columns:minmax(0,1fr) minmax(22rem,calc(50vw - 7rem));min-height:calc(100vh - 5rem)}
main{padding:2.25rem 3rem 4rem 2rem;margin-inline:auto 0;max-width:40rem}
[dir=rtl] main{padding:2.25rem 2rem 4rem 3rem}
.page:not(:has(aside)){display:block}.page:not(:has(aside)) main{margin-inline:auto;padding-inline:2rem}.single .top{padding-inline:max(2rem,50vw - 18rem)}
aside{order:0;border-block-end:0;border-inline-start:1px solid var(--line)}
.summary{position:sticky;inset-block-start:0;margin-inline:0 auto;max-width:25rem;padding:1.75rem 1rem 2rem 2.5rem}
[dir=rtl] .summary{padding:1.75rem 2.5rem 2rem 1rem}
.forward{flex-direction:row-reverse;justify-content:space-between}.first{width:auto;min-width:14rem}
}
@supports selector(::details-content){@media (min-width:60rem){.summary>summary{display:none}.summary::details-content{content-visibility:visible;display:block;block-size:auto}.summary>section{padding-inline:0}}}
@media print{aside{background:none}.steps,.codes,button{display:none}}
`.replaceAll('\n', '');
