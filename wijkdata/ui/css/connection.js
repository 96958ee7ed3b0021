// Where one types: a sign when the network is silent. Once Streamlit sees by itself that the server is gone, it says so.
const watched = new WeakMap();

export default function ({data, parentElement}) {
  const seen = () => document.querySelector('[data-testid="stApp"]')?.dataset.testConnectionState !== 'CONNECTED';
  const sign = parentElement.querySelector('[data-part="sign"]');
  const end = watched.get(parentElement) ?? watchHealth(sign, () => data.health, () => !seen());
  watched.set(parentElement, end);
  return () => { end(); watched.delete(parentElement); };
}
