import type { BrowserField } from '@libs/payments';
import { type Html, html } from './html';

/** The place of a provider's field; it stays closed where no script opens it. */
export function fieldBox({ provider, script, data }: BrowserField): Html {
  const about = JSON.stringify({ provider, script, data });
  return html`<div class="field-box" data-field="${about}">
    <div></div>
    <p class="fault" role="alert" hidden></p>
  </div>`;
}

/**
 * Opens the provider's field when its way to pay is chosen: the provider's script is loaded then and not before. With a
 * field open, the form is sent by script and the field confirms; where anything of the provider's does not load, the
 * form goes as it does without scripts, to the provider's own page.
 */
export function fieldScript(fields: readonly BrowserField[]): string {
  const makers = new Map(fields.map(({ provider, code }) => [provider, code]));
  const list = [...makers].map(([provider, maker]) => `${JSON.stringify(provider)}:${maker}`);
  return `(()=>{const makers={${list.join(',')}};${runner}})();`;
}

const runner = `
const form=document.querySelector('[data-field-form]');if(!form)return;
const css=getComputedStyle(document.documentElement);
const look={locale:document.documentElement.lang,dark:matchMedia('(prefers-color-scheme:dark)').matches,
accent:css.getPropertyValue('--accent').trim(),family:css.getPropertyValue('--family').trim()};
const scripts=new Map();
const load=src=>{if(!scripts.has(src))scripts.set(src,new Promise((done,failed)=>{
const tag=document.createElement('script');tag.src=src;tag.async=true;tag.onload=done;tag.onerror=failed;document.head.append(tag)}));
return scripts.get(src)};
const boxes=[...form.querySelectorAll('[data-field]')].map(box=>({box,radio:box.closest('li')?.querySelector('input[name=payment]'),field:null,begun:false}));
const chosen=()=>boxes.find(({radio})=>!radio||radio.checked);
const open=async()=>{const one=chosen();if(!one||one.begun)return;one.begun=true;
const {provider,script,data}=JSON.parse(one.box.dataset.field);
one.box.classList.add('open');
try{await load(script);one.field=await makers[provider](one.box.firstElementChild,data,look)}
catch{one.box.classList.remove('open')}};
for(const {radio} of boxes)radio?.form.addEventListener('change',open);
open();
const tell=({box},text)=>{const line=box.querySelector('.fault');line.textContent=text??'';line.hidden=!text;if(text)line.scrollIntoView({block:'nearest'})};
const ask=async(url,more)=>(await fetch(url,{headers:{accept:'application/json'},cache:'no-store',...more})).json();
let busy=false;
const pay=async one=>{
tell(one,null);
const wrong=await one.field.check();if(wrong){tell(one,wrong);return}
const body=new URLSearchParams(new FormData(form));body.set('intent','pay');body.set('field','1');
const next=await ask(form.action,{method:'POST',body});
if(next.go){location.assign(next.go);return true}
if(!next.data){for(const [name,value] of [['intent','pay'],['field','1']]){
const input=document.createElement('input');Object.assign(input,{type:'hidden',name,value});form.append(input)}
HTMLFormElement.prototype.submit.call(form);return true}
const refused=await one.field.confirm(next.data);
if(!refused){location.assign(next.data.returnUrl);return true}
const after=await ask(next.data.returnUrl);
if(after.go){location.assign(after.go);return true}
if(one.radio){form.elements.pay_key.value=after.payKey;tell(one,refused)}else{location.reload();return true}};
form.addEventListener('submit',async event=>{
const one=chosen();
if(!one?.field||event.submitter?.value!=='pay')return;
event.preventDefault();event.stopImmediatePropagation();
if(busy)return;busy=true;form.classList.add('busy');
let leaving=false;
try{leaving=await pay(one)}catch{leaving=true;location.reload()}
if(!leaving){busy=false;form.classList.remove('busy')}
},true);`;
