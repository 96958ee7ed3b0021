// The page takes the width of the paper first, and the charts get a moment to draw themselves at that width.
export default function (component) {
  const button = component.parentElement.querySelector('button');
  button.onclick = () => {
    const page = document.documentElement;
    page.classList.add('wd-a4');
    window.addEventListener('afterprint', () => page.classList.remove('wd-a4'), {once: true});
    window.setTimeout(() => window.print(), 900);
  };
}
