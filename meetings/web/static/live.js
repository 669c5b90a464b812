// Clocks that run, captions that stay in view, and a word when the connection is lost. All else is htmx's.
const two = (n) => String(n).padStart(2, "0");
const span = (seconds) => {
  const whole = Math.max(0, Math.floor(seconds)), hours = Math.floor(whole / 3600);
  return (hours ? hours + ":" : "") + two(Math.floor(whole / 60) % 60) + ":" + two(whole % 60);
};

function tick() {
  const now = Date.now() / 1000;
  for (const clock of document.querySelectorAll(".clock[data-since]")) {
    clock.textContent = span(now - clock.dataset.since);
    clock.classList.toggle("over", clock.dataset.until !== undefined && now > clock.dataset.until);
  }
}

const KEPT = 300;
let follows = true;

function settle() {
  const list = document.getElementById("captions");
  if (!list) return;
  while (list.children.length > KEPT) list.firstElementChild.remove();
  if (follows) list.scrollTop = list.scrollHeight;
}

addEventListener("scroll", (event) => {
  if (event.target.id === "captions")
    follows = event.target.scrollTop + event.target.clientHeight > event.target.scrollHeight - 40;
}, true);

document.addEventListener("DOMContentLoaded", () => {
  const lost = document.querySelector(".lost");
  tick(), settle(), setInterval(tick, 1000);
  document.body.addEventListener("htmx:afterSettle", () => (tick(), settle()));
  document.body.addEventListener("htmx:sseError", () => (lost.textContent = lost.dataset.lost));
  document.body.addEventListener("htmx:sseOpen", () => (lost.textContent = ""));
});
