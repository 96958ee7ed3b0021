// Shows a sign while the server does not answer. A network that is silent keeps its connection for minutes, in which Streamlit
// sees nothing. `needed`: whether the sign has something to say then. Returns what ends it.
const LOOK_EVERY = 4000, ANSWERS_WITHIN = 3000;

function watchHealth(sign, address, needed = () => true) {
  const over = new AbortController();
  const look = async () => {
    const answers = await fetch(address(), {cache: 'no-store', signal: AbortSignal.timeout(ANSWERS_WITHIN)})
      .then((answer) => answer.ok, () => false);
    sign.hidden = answers || !needed();
  };
  const looking = setInterval(look, LOOK_EVERY);
  window.addEventListener('offline', look, {signal: over.signal});
  window.addEventListener('online', look, {signal: over.signal});
  return () => { over.abort(); clearInterval(looking); };
}

