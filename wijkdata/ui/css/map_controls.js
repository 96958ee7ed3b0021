// What a map needs besides what Streamlit's own does: buttons, a wheel that scrolls the page, values under the pointer.
// Called again at every change of `data`; what is attached to the frame of the map is attached once.
const frames = new WeakMap();

export default function (component) {
  const {data, parentElement, setStateValue, setTriggerValue} = component;
  const frame = parentElement.getRootNode().host?.closest(data.frame) ?? document.querySelector(data.frame);
  const [closer, further, whole] = parentElement.querySelectorAll('button');
  whole.textContent = data.whole;
  closer.onclick = () => press(frame, 'Equal');
  further.onclick = () => press(frame, 'Minus');
  whole.onclick = () => setTriggerValue('whole', true);
  const known = frames.get(frame) ?? attach(frame);
  Object.assign(known, {data, setStateValue});
  known.measure();
  return () => { known.end(); frames.delete(frame); };
}

// The map listens to the keys + and - itself.
function press(frame, code) {
  frame.querySelector('canvas')?.dispatchEvent(new KeyboardEvent('keydown', {code, bubbles: true}));
}

function attach(frame) {
  const known = {}, over = new AbortController(), at = {capture: true, signal: over.signal};
  let active = false, waiting;
  // A wheel over the map scrolls the page, until the map is clicked or Ctrl is held.
  frame.addEventListener('wheel', (event) => { if (!active && !event.ctrlKey) event.stopPropagation(); }, at);
  document.addEventListener('pointerdown', (event) => { active = frame.contains(event.target); }, at);
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') active = false; }, at);
  frame.addEventListener('pointerleave', () => { active = false; }, {signal: over.signal});
  const watch = new MutationObserver(() => fill(frame));
  watch.observe(frame, {childList: true, subtree: true});
  // A screen that is narrower than the map was fitted to says so, and is fitted.
  known.measure = () => {
    const width = Math.min(frame.clientWidth, known.data.usual);
    if (width > 0 && Math.abs(width - known.data.width) > 16) known.setStateValue('width', width);
  };
  const size = new ResizeObserver(() => { clearTimeout(waiting); waiting = setTimeout(known.measure, 300); });
  size.observe(frame);
  known.end = () => { over.abort(); watch.disconnect(); size.disconnect(); clearTimeout(waiting); };
  frames.set(frame, known);
  return known;
}

// The text under the pointer has the name of the area; its value comes from beside the map, for it changes with every choice.
function fill(frame) {
  const given = frame.querySelector('.wd-values')?.dataset;
  for (const spot of given ? frame.querySelectorAll('[data-gebied]:empty') : []) {
    const texts = given.texts.split('|'), at = place(given, Number(spot.dataset.gebied));
    if (at in texts) spot.textContent = at >= Number(given.n) && given.unit ? `${texts[at]} ${given.unit}` : texts[at];
  }
}

// Where among the texts that of an area stands: one sign each, unless it is the last sign; then so many signs after it say so.
function place({which, signs, wide}, area) {
  for (let at = 0, passed = 0; at < which.length; passed += 1) {
    const far = which[at] === signs.at(-1), end = at + 1 + (far ? Number(wide) : 0);
    if (passed === area) {
      return [...which.slice(far ? at + 1 : at, end)].reduce((sum, sign) => sum * signs.length + signs.indexOf(sign), 0);
    }
    at = end;
  }
  return -1;
}
