/**
 * A stand-in for Stripe's script, as far as a Payment Element is used: its card stands in a frame of its own host, and
 * amounts that differ from the intent's are refused as Stripe refuses them.
 */
export const standInScript = (origin: string): string => `
window.Stripe=(key,{locale})=>({
elements(options){
if(options.mode!=='payment'||!key.startsWith('pk_test_'))throw new Error('bad options');
let card='';
addEventListener('message',event=>{if(event.origin==='${origin}'&&'card' in event.data)card=event.data.card});
return{options,card:()=>card,
submit:async()=>card===''?{error:{type:'validation_error',message:'Your card number is incomplete.'}}:{},
create(type){const heard={};return{on(name,listener){heard[name]=listener},
mount(box){const frame=document.createElement('iframe');frame.title='Card';frame.src='${origin}/field?locale='+locale;
frame.addEventListener('load',()=>heard.ready&&heard.ready());box.append(frame)}}}}},
async confirmPayment({elements,clientSecret,confirmParams}){
const send=async more=>(await fetch('${origin}/confirm',{method:'POST',
body:new URLSearchParams({clientSecret,card:elements.card(),amount:elements.options.amount,currency:elements.options.currency,
capture:elements.options.captureMethod,...more})})).json();
let answer=await send({});
if(answer.status==='requires_action'){
const frame=document.createElement('iframe');frame.title='Bank';frame.src='${origin}/bank';document.body.append(frame);
const said=await new Promise(done=>addEventListener('message',event=>{if(event.origin==='${origin}'&&event.data.bank)done(event.data.bank)}));
frame.remove();answer=await send({bank:said});}
if(answer.error)return{error:{type:'card_error',message:answer.error}};
location.assign(confirmParams.return_url+'?redirect_status=succeeded');
return new Promise(()=>{});
}});`;

/** The frame in which the shopper types the card. */
export const cardFrame = `<!doctype html><label>Card <input name="card"></label><script>
document.querySelector('input').addEventListener('input',event=>parent.postMessage({card:event.target.value},'*'))</script>`;

/** The bank's own check. */
export const bankFrame = `<!doctype html><button name="yes">It is me</button><button name="no">It is not</button><script>
for(const button of document.querySelectorAll('button'))
button.addEventListener('click',()=>parent.postMessage({bank:button.name},'*'))</script>`;

/** A page of Stripe's own for one sum, which works without scripts. */
export const hostedPage = (
  cancelUrl: string,
  told: string,
): string => `<!doctype html><h1>Pay at Stripe</h1><p>${told}</p>
<form method="post"><button name="choice" value="pay">Pay</button><button name="choice" value="decline">Decline</button></form>
<a href="${cancelUrl.replaceAll('&', '&amp;')}">Back to the shop</a>`;
