// A box that looks for what is typed: the server finds, this shows the list and walks through it.
// Called again at every change of `data`; what is attached to the document is attached once.
const boxes = new WeakMap();

export default function (component) {
  const {data, parentElement} = component;
  const box = boxes.get(parentElement) ?? attach(parentElement);
  Object.assign(box, {data, send: component.setStateValue, pick: component.setTriggerValue});
  box.show();
  return () => { box.end(); boxes.delete(parentElement); };
}

function attach(parent) {
  const [input, list, status] = ['input', 'ul', 'p'].map((name) => parent.querySelector(name));
  const box = {active: 0, entered: false}, over = new AbortController();
  let waiting;
  const typed = () => input.value.trim();
  const choose = (n) => {
    box.entered = box.data.text !== typed();  // what is not found yet is chosen when it is
    if (box.entered || n >= box.data.rows.length) return;
    input.value = '';
    input.blur();
    box.show();
    box.pick('pick', n);
  };
  box.show = () => {
    const {rows, text, lead, nothing, searching} = box.data, ready = text === typed();
    if (ready && box.entered && typed() !== '') return choose(box.active);
    list.hidden = typed() === '' || !ready || rows.length === 0;
    status.textContent = typed() === '' ? '' : !ready ? searching : rows.length ? lead : nothing;
    status.hidden = !status.textContent;
    input.setAttribute('aria-expanded', String(!list.hidden));
    if (list.hidden) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', `gevonden-${box.active}`);
    list.replaceChildren(...(list.hidden ? [] : rows.map((row, n) => option(row, n, n === box.active, choose))));
  };
  input.oninput = () => {
    Object.assign(box, {active: 0, entered: false});
    box.show();
    clearTimeout(waiting);
    if (typed()) waiting = setTimeout(() => box.send('text', typed()), 180);
  };
  input.onkeydown = (event) => {
    const last = box.data.rows.length - 1, step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (step) box.active = Math.min(Math.max(box.active + step, 0), Math.max(last, 0));
    else if (event.key === 'Enter') choose(box.active);
    else if (event.key === 'Escape') { input.value = ''; input.blur(); } else return;
    event.preventDefault();
    event.stopPropagation();
    box.show();
  };
  document.addEventListener('keydown', (event) => {
    const at = event.composedPath()[0];
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (at.isContentEditable || /^(input|textarea|select)$/i.test(at.tagName ?? '')) return;
    event.preventDefault();
    document.querySelector('[data-testid="stExpandSidebarButton"]')?.click();
    input.focus();
  }, {signal: over.signal});
  box.end = () => { over.abort(); clearTimeout(waiting); };
  boxes.set(parent, box);
  return box;
}

function option({name, about}, n, active, choose) {
  const row = document.createElement('li'), small = document.createElement('small');
  row.id = `gevonden-${n}`;
  row.setAttribute('role', 'option');
  row.setAttribute('aria-selected', String(active));
  row.textContent = name;
  small.textContent = about;
  row.append(small);
  // Before the box loses the focus.
  row.onpointerdown = (event) => { event.preventDefault(); choose(n); };
  return row;
}
