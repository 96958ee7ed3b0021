// Streamlit takes over another mode of the system by itself, but the colours that the app chose stay until the app is asked again.
export default function ({ data, parentElement, setTriggerValue }) {
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const ask = () => window.setTimeout(() => {
    const shown = getComputedStyle(parentElement.host ?? parentElement).colorScheme;
    if (shown !== data.mode) setTriggerValue('changed', shown);
  }, 300);
  system.addEventListener('change', ask);
  return () => system.removeEventListener('change', ask);
}
