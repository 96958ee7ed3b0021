// The words of Streamlit's own parts in Dutch. Only whole texts that Streamlit writes are replaced; what a page says is left alone.
(() => {
  "use strict";
  const WORDS = {
    "No results": "Geen resultaat: typ iets anders, of minder",
    "Choose an option": "Kies",
    "Choose options": "Kies een of meer",
    "Select all": "Kies alle",
    "Clear all": "Maak leeg",
    "Clear value": "Maak leeg",
    "Clear entry": "Maak leeg",
    "Clear date": "Maak de dag leeg",
    "Decrement": "Een minder",
    "Increment": "Een meer",
    "Skip to main content": "Naar de inhoud",
    "Navigate to home page": "Naar de eerste pagina",
    "Collapse sidebar": "Verberg het menu",
    "Expand sidebar": "Toon het menu",
    "Download as PNG": "Beeld zoals op het scherm (PNG)",
    "Download as SVG": "Beeld zoals op het scherm (SVG)",
    "Download as CSV": "Download als CSV, zonder bron",
    "Copy Vega-Lite spec": "Kopieer de opbouw van de figuur",
    "Copy to clipboard": "Kopieer",
    "Copied": "Gekopieerd",
    "Copied!": "Gekopieerd",
    "Fullscreen": "Heel het scherm",
    "Close fullscreen": "Terug naar de pagina",
    "Exit fullscreen": "Terug naar de pagina",
    "Show data": "Toon de cijfers",
    "Show chart": "Toon de figuur",
    "Search": "Zoek",
    "Type to search": "Typ om te zoeken",
    "Show/hide columns": "Kies kolommen",
    "Sort ascending": "Van laag naar hoog",
    "Sort descending": "Van hoog naar laag",
    "Autosize": "Pas de breedte aan",
    "Pin column": "Zet de kolom vast",
    "Unpin column": "Maak de kolom los",
    "Hide column": "Verberg de kolom",
    "Drag and drop files here": "Sleep bestanden hierheen",
    "Drag and drop a file here": "Sleep een bestand hierheen",
    "Drag and drop directories here": "Sleep mappen hierheen",
    "Browse files": "Kies bestanden",
    "Upload": "Kies bestanden",
    "file upload": "bestanden kiezen",
    "Link to heading": "Link naar dit kopje",
    "File type not allowed.": "Dit soort bestand kan hier niet.",
    "Close": "Sluit",
    "Stop": "Stop",
    "Rerun": "Opnieuw",
    "None": "–",
    "Connection error": "Geen verbinding",
    "Streamlit server is not responding. Are you connected to the internet?":
      "wijkdata antwoordt niet. Wat u ziet, blijft staan; u gaat verder zodra wijkdata weer antwoordt.",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
      "wijkdata is gestopt. Start het opnieuw; deze pagina gaat dan verder:",
    "streamlit run yourscript.py": "python start.py",
    "This app has encountered an error. The original error message is redacted to prevent data leaks. Full error details have been recorded in the logs (if you're on Streamlit Cloud, click on 'Manage app' in the lower right of your app).":
      "Dit ging mis door een fout in wijkdata. Laad de pagina opnieuw. Blijft het zo, start wijkdata dan opnieuw; wat u bewaarde, is er nog.",
  };
  const SHAPES = [
    [/^(Download as PNG|Download as SVG|Download as CSV|Copy Vega-Lite spec|Fullscreen|Show data|Show chart|Search|Show\/hide columns): (.*)$/s,
      (all, word, what) => `${WORDS[word]}: ${what}`],
    [/^(.* )?Shortcut (\S+)$/s, (all, before, key) => `${before ?? ""}toets ${key}`],
    [/^Help for (.*)$/s, (all, what) => `Uitleg bij ${what}`],
    [/^Remove (.*)$/s, (all, what) => `Haal weg: ${what}`],
    [/^0 options available\.$/, () => "Geen keuze met deze letters."],
    [/^1 option available\.$/, () => "1 keuze."],
    [/^(\d+) options available\.$/, (all, n) => `${n} keuzes.`],
    [/^Select (\d+) (?:match|matches)$/, (all, n) => `Kies alle ${n} met deze letters`],
    [/^(\d+) selected$/, (all, n) => `${n} gekozen`],
    [/^(\d+(?:\.\d+)?)\s?([KMG]B) per file$/, (all, size, unit) => `${size.replace(".", ",")} ${unit} per bestand`],
    [/^(\d+)\.(\d+)([KMG]B)$/, (all, whole, part, unit) => `${whole},${part} ${unit}`],
    [/^Press Enter to (?:apply|submit form)$/, () => "Enter: neem het over"],
  ];
  const NAMES = ["aria-label", "title", "placeholder", "alt"];
  // A label is Markdown, in which a sign that could act has a backslash before it; Streamlit names a field by it as it stands.
  const ESCAPED = /\\([!-/:-@[-`{-~])/g;

  function dutch(text) {
    const own = text.trim();
    if (Object.hasOwn(WORDS, own)) return text.replace(own, WORDS[own]);
    for (const [shape, write] of SHAPES) {
      if (shape.test(own)) return text.replace(own, () => own.replace(shape, write));
    }
    return text;
  }

  // A page writes its own texts inside these; a name of an area that happens to be "Search" stays as it is.
  const OURS = '[data-testid="stMarkdownContainer"], [data-testid="stHtml"], [data-testid="stHeading"], [data-testid="stCode"], canvas, svg';

  // The words of a button of the uploader, of a tip and of a fault stand in a place for our texts.
  const THEIRS = '[data-testid="stException"], [data-testid="stDialog"], [data-testid="stTooltipContent"], [data-testid="stFileUploaderDropzone"]';

  function translate(node) {
    if (node.nodeType === Node.TEXT_NODE) {
      const parent = node.parentElement;
      if (!parent || parent.closest(OURS) && !parent.closest(THEIRS)) return;
      const now = dutch(node.data);
      if (now !== node.data) node.data = now;
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    for (const name of NAMES) {
      const before = node.getAttribute(name);
      const now = before && dutch(before).replace(ESCAPED, "$1");
      if (now && now !== before) node.setAttribute(name, now);
    }
    node.childNodes.forEach(translate);
  }

  new MutationObserver((changes) => {
    for (const one of changes) {
      if (one.type === "childList") one.addedNodes.forEach(translate);
      else translate(one.target);
    }
  }).observe(document.documentElement, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: NAMES,
  });
  if (document.body) translate(document.body);
})();
