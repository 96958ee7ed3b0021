// While presenting: the keys of a clicker, a black screen, help, and a sign when the server does not answer. The figure that is
// on screen stays there without the server. Called again at every change of `data`; what is attached is attached once.
const projectors = new WeakMap();

export default function (component) {
  const {data, parentElement} = component;
  const projector = projectors.get(parentElement) ?? attach(parentElement);
  Object.assign(projector, {data, tell: component.setTriggerValue});
  return () => { projector.end(); projectors.delete(parentElement); };
}

function attach(parent) {
  const part = (name) => parent.querySelector(`[data-part="${name}"]`);
  const [black, help, sign] = ['black', 'help', 'sign'].map(part);
  const projector = {}, over = new AbortController();
  const press = (name) => document.querySelector(`.st-key-doe_${name} button:not([disabled])`)?.click();
  const toggle = (element, on = element.hidden) => { element.hidden = !on; };
  const acts = {
    PageDown: () => press('volgende'), PageUp: () => press('vorige'), ' ': () => press('volgende'),
    Home: () => projector.tell('go', 'first'), End: () => projector.tell('go', 'last'),
    '.': () => toggle(black), b: () => toggle(black), '?': () => toggle(help), c: () => projector.tell('contrast', true),
  };
  // Before Streamlit's own keys: Escape first takes away what lies over the figure.
  window.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.composedPath()[0])) return;
    const over_figure = [black, help].find((element) => !element.hidden);
    if (over_figure && (event.key === 'Escape' || over_figure === black)) toggle(over_figure, false);
    else if (acts[event.key] && !(event.key === ' ' && onButton(event))) acts[event.key]();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, {capture: true, signal: over.signal});
  black.onclick = () => toggle(black, false);
  part('ask').onclick = () => toggle(help);
  for (const one of help.querySelectorAll('[data-key]')) one.onclick = () => { toggle(help, false); acts[one.dataset.key](); };
  const unwatched = watchHealth(sign, () => projector.data.health);
  projector.end = () => { over.abort(); unwatched(); };
  projectors.set(parent, projector);
  return projector;
}

function typing(at) {
  return at.isContentEditable || /^(input|textarea|select)$/i.test(at.tagName ?? '');
}

function onButton(event) {
  return event.composedPath().some((part) => part.tagName === 'BUTTON');
}
