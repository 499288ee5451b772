/**
 * What a checkout does more where scripts run, and nothing that it needs: another country shows its fields at once and
 * a way to pay what it costs, a page that answers a form can be reloaded and come back to, a form is sent once, and a page that waits asks until it knows.
 */
export const script = `(()=>{
const root=document.documentElement;root.classList.add('scripted');
for(const box of document.querySelectorAll('[data-country]')){
const list=box.querySelector('select'),button=box.querySelector('button');
if(list&&button)list.addEventListener('change',()=>list.form.requestSubmit(button));
}
const code=document.getElementById('code'),apply=document.querySelector('[data-apply]');
if(code&&apply)code.addEventListener('keydown',event=>{
if(event.key==='Enter'&&!event.isComposing){event.preventDefault();code.form.requestSubmit(apply)}});
const again=document.querySelector('[data-paid-fee]');
if(again)again.form.addEventListener('change',({target})=>{
if(target.name==='payment'&&target.dataset.fee!==again.dataset.paidFee)again.form.requestSubmit(again)});
const main=document.querySelector('[data-posted]');if(main)history.replaceState(null,'',main.dataset.posted);
const notice=document.querySelector('[data-focus]');if(notice)notice.focus();
for(const form of document.forms)form.addEventListener('submit',event=>{
if(form.dataset.sent){event.preventDefault();return}
form.dataset.sent='1';setTimeout(()=>{delete form.dataset.sent},8000);
});
addEventListener('pageshow',()=>{for(const form of document.forms)delete form.dataset.sent});
const wait=document.querySelector('[data-poll]');
if(wait){let pause=1000;const ask=async()=>{
try{const answer=await fetch(wait.dataset.poll,{headers:{accept:'application/json'},cache:'no-store'});
const {state}=await answer.json();if(state!=='waiting'){location.reload();return}}catch{}
pause=Math.min(pause*1.6,15000);setTimeout(ask,pause)};setTimeout(ask,pause)}
})()`;
