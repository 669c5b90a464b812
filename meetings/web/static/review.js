// The review: a line is picked, heard, corrected. What is typed is saved by itself; what others change appears.
const desk = document.querySelector(".desk"), meeting = desk.dataset.meeting, told = document.getElementById("told");
const audio = document.getElementById("voice"), wave = document.querySelector(".wave img"), head = document.querySelector(".head");
const speaker = document.getElementById("speaker"), item = document.getElementById("item");
const closed = "closed" in desk.dataset, undrafted = document.getElementById("undrafted");
const PAUSE = 900; // ms without a key after which what was typed is saved
let current = null; // the line picked
// The line being corrected: what the log has of it (`base` its version, `sent` its words), all that was sent from here
// (`said`) and the versions left behind (`past`), so that one's own words coming back late are not taken for another's.
let editing = null;

const lines = () => [...document.querySelectorAll(".line")];
const squash = (text) => text.split(/\s+/).join(" ").trim();
const words = (line) => line.querySelector(".text");
const byKey = (key) => document.getElementById("line-" + key);

// ---- what is asked of the council, in order, until it is heard

let queue = Promise.resolve();
const act = (form) => (queue = queue.then(() => post(form())));

async function post(form) {
  told.textContent = told.dataset.saving;
  for (;;) {
    try {
      const answer = await fetch(`/review/${meeting}/act`, { method: "POST", body: new URLSearchParams(form) });
      const body = await answer.json().catch(() => ({}));
      if (answer.ok && undrafted) undrafted.hidden = false;
      told.textContent = answer.ok ? told.dataset.saved : body.refused ?? told.dataset.unsaved;
      return { ok: answer.ok, ...body };
    } catch {
      told.textContent = told.dataset.unsaved;
      await new Promise((again) => setTimeout(again, 3000));
    }
  }
}

async function store(edit) {
  clearTimeout(edit.timer);
  const text = edit.area.value;
  if (edit.clash || squash(text) === squash(edit.sent)) return;
  const earlier = edit.sent;
  edit.said.add(squash((edit.sent = text)));
  const done = await act(() => ({ act: "correct", line: edit.key, base: edit.base, text }));
  if (done.ok) renew(edit, done.version);
  else if (edit.sent === text) edit.sent = earlier;
}

function renew(edit, version) {
  if (edit.past.has(version) || version === edit.base) return;
  edit.past.add(edit.base);
  edit.base = version;
}

// ---- picking and hearing

function pick(line, { hear = false, focus = true } = {}) {
  if (!line) return;
  if (editing && editing.key !== line.dataset.line) leave();
  current?.classList.remove("current");
  current = line;
  line.classList.add("current");
  speaker.value = line.dataset.member;
  item.value = line.dataset.section;
  if (focus) line.querySelector(".pick").focus({ preventScroll: true });
  line.scrollIntoView({ block: "nearest" });
  see(line);
  if (hear) play(line);
}

function see(line) {
  const { since, until } = line.dataset;
  wave.hidden = true;
  head.style.left = "0";
  if (since !== undefined) wave.src = `/review/${meeting}/waves/${encodeURIComponent(line.dataset.line)}.svg?t=${since}-${until}`;
}

function play(line) {
  const { since, until, member } = line.dataset;
  if (since === undefined) return void (told.textContent = told.dataset.nosound);
  audio.dataset.since = since;
  audio.dataset.until = until;
  audio.src = `/meetings/${meeting}/voices/${member}.ogg#t=${since},${until}`;
  audio.play().catch(() => {});
}

function toggle() {
  if (!current) return;
  if (audio.paused) play(current);
  else audio.pause();
}

wave.addEventListener("load", () => (wave.hidden = false));
audio.addEventListener("error", () => (told.textContent = told.dataset.nosound));
audio.addEventListener("timeupdate", () => {
  const { since, until } = audio.dataset, share = (audio.currentTime - since) / (until - since);
  head.style.left = `${Math.min(Math.max(share, 0), 1) * 100}%`;
  if (audio.currentTime >= until) audio.pause();
});
for (const name of ["play", "pause"])
  audio.addEventListener(name, () => (document.getElementById("play").textContent = audio.paused ? "▶" : "❚❚"));

// ---- correcting

function edit(line) {
  if (closed || !line || editing?.key === line.dataset.line) return;
  pick(line, { focus: false });
  const area = document.getElementById("editor").content.cloneNode(true).firstElementChild, text = words(line).textContent;
  area.value = text;
  words(line).hidden = true;
  words(line).after(area);
  const mine = (editing = { key: line.dataset.line, area, base: line.dataset.version, sent: text, said: new Set(), past: new Set() });
  const fit = () => ((area.style.height = "auto"), (area.style.height = area.scrollHeight + 2 + "px"));
  area.addEventListener("input", () => {
    fit();
    clearTimeout(mine.timer);
    mine.timer = setTimeout(() => store(mine), PAUSE);
  });
  fit();
  area.focus();
}

async function leave() {
  const edit = editing;
  if (!edit) return;
  await store(edit);
  if (edit.clash || squash(edit.sent) !== squash(edit.area.value)) return; // nothing typed is thrown away
  if (editing === edit) editing = null;
  const line = byKey(edit.key);
  edit.area.remove();
  if (!line) return;
  if (squash(words(line).textContent) !== squash(edit.area.value)) words(line).textContent = squash(edit.area.value);
  words(line).hidden = false;
  line.dataset.version = edit.base;
}

function clash(edit, fresh) {
  edit.clash = true;
  clearTimeout(edit.timer);
  const theirs = words(fresh).textContent, version = fresh.dataset.version;
  document.querySelector(".conflict")?.remove();
  const box = document.getElementById("conflict").content.cloneNode(true).firstElementChild;
  box.querySelector("blockquote").textContent = theirs;
  box.addEventListener("click", (event) => {
    const keep = event.target.dataset.keep;
    if (!keep) return;
    Object.assign(edit, { clash: false, sent: theirs });
    renew(edit, version);
    if (keep === "theirs") edit.area.value = theirs;
    box.remove();
    edit.area.focus();
    store(edit);
  });
  edit.area.after(box);
}

async function split() {
  if (!editing) return;
  const mine = editing, at = mine.area.selectionStart, text = mine.area.value;
  await store(mine);
  if (mine.clash) return;
  mine.said.add(squash((mine.sent = text.slice(0, at)))); // what comes back, perhaps before the answer does
  const done = await act(() => ({ act: "split", line: mine.key, base: mine.base, text, at }));
  if (!done.ok) return void (mine.sent = text);
  mine.area.value = squash(mine.sent);
  renew(mine, done.version);
  leave();
}

// Who spoke, and under which item: chosen by the mouse at once; with the keyboard once the choice is left, by Enter.
function choose(select, name, form) {
  let timer;
  const back = () => current?.querySelector(".pick").focus();
  const settled = () => (select === speaker ? current?.dataset.member : current?.dataset.section) === select.value;
  const commit = () => {
    clearTimeout(timer);
    if (current && !settled()) act(() => ({ act: name, line: current.dataset.line, ...form() }));
  };
  select.addEventListener("change", () => {
    clearTimeout(timer);
    timer = setTimeout(commit, PAUSE);
  });
  select.addEventListener("blur", commit);
  select.addEventListener("keydown", (event) => {
    if (event.key === "Escape") select.value = select === speaker ? current?.dataset.member : current?.dataset.section;
    else if (event.key !== "Enter") return;
    event.preventDefault();
    commit();
    back();
  });
}
choose(speaker, "attribute", () => ({ member: speaker.value }));
choose(item, "move", () => ({ item: item.value }));

// A sentence is put into the substance of the debate, or taken out: what is seen is what the council's log has of it.
function keep(button) {
  if (!button || button.disabled) return;
  const [line, place] = button.dataset.of.split(/:(?=\d+$)/), owner = byKey(line);
  const kept = button.ariaPressed === "true" ? "no" : "yes";
  act(() => ({ act: "choose", line, place, kept, base: owner.dataset.version }));
}

const deeds = {
  edit: () => edit(current),
  split,
  undo: () => act(() => ({ act: "undo" })),
  redo: () => act(() => ({ act: "redo" })),
  strike: () => current && act(() => ({ act: "strike", line: current.dataset.line })),
  merge: () => current && leave().then(() => act(() => ({ act: "merge", line: current.dataset.line, base: current.dataset.version }))),
};

// ---- what others, and oneself, changed

function settle(fresh) {
  const key = fresh.dataset.line, old = byKey(key), mine = editing?.key === key ? editing : null;
  if (mine) {
    if ("gone" in fresh.dataset) return; // the words are still here; saving them will say that the line is not
    const version = fresh.dataset.version, own = version === mine.base || mine.past.has(version);
    if (own || mine.said.has(squash(words(fresh).textContent))) renew(mine, version);
    else clash(mine, fresh);
    words(fresh).hidden = true;
    words(fresh).after(mine.area, ...document.querySelectorAll(".conflict"));
  }
  const was = old === current, focused = document.activeElement;
  old?.remove();
  if ("gone" in fresh.dataset) return was ? void (current = null) : undefined;
  const list = document.querySelector(`.lines[data-section="${fresh.dataset.section}"]`);
  if (!list) return location.reload();
  list.insertBefore(fresh, [...list.children].find((line) => +line.dataset.at > +fresh.dataset.at) ?? null);
  if (was) pick(fresh, { focus: !mine && old?.contains(focused) });
  if (mine) mine.area.focus();
}

const source = new EventSource(`/review/${meeting}/events?after=${desk.dataset.after}`);
source.addEventListener("lines", (event) => {
  const box = document.createElement("template");
  box.innerHTML = event.data;
  for (const fresh of [...box.content.children]) settle(fresh);
});

source.addEventListener("kept", (event) => {
  const kept = new Set(event.data.split(" "));
  for (const button of document.querySelectorAll(".keep")) button.ariaPressed = kept.has(button.dataset.of);
});

// ---- hands on the keyboard, on the mouse, on a phone

const step = (by) => pick(lines()[lines().indexOf(current) + by] ?? (current ? null : lines()[0]));
const keys = {
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  Enter: () => edit(current),
  " ": toggle,
  d: () => {
    const all = lines(), later = all.slice(all.indexOf(current) + 1).concat(all);
    pick(later.find((line) => line.matches(".doubtful:not(.struck)")), { hear: true });
  },
  digit: (number) => keep(current?.querySelectorAll(".said")[number - 1]?.querySelector(".keep")),
  s: deeds.strike,
  m: deeds.merge,
  u: deeds.undo,
  r: deeds.redo,
  p: () => current && speaker.focus(),
  i: () => current && item.focus(),
};
const READING = ["ArrowDown", "ArrowUp", " ", "d"]; // what one may do to minutes that no longer change

document.addEventListener("keydown", (event) => {
  if (editing && event.target === editing.area) {
    if (event.key === "Escape") leave().then(() => current?.querySelector(".pick").focus());
    else if (event.key === "Enter" && event.ctrlKey) split();
    else if (event.key === "Enter") leave().then(() => current?.querySelector(".pick").focus());
    else return;
    return event.preventDefault();
  }
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code); // whatever the row of digits needs Shift for
  const key = digit ? "digit" : event.key;
  const elsewhere = event.target.matches("input, select, textarea, summary, .dock button, .contents *, .top *, .foot *");
  if (elsewhere || event.ctrlKey || event.metaKey || event.altKey || !keys[key] || (closed && !READING.includes(key))) return;
  event.preventDefault();
  keys[key](digit?.[1]);
});

document.querySelector(".text-column").addEventListener("click", (event) => {
  const line = event.target.closest(".line");
  if (event.target.matches(".keep")) return pick(line), keep(event.target);
  if (line && event.target !== editing?.area && !event.target.closest(".conflict")) pick(line, { hear: true });
});
document.querySelector(".text-column").addEventListener("focusin", (event) => {
  const line = event.target.closest(".line");
  if (line && line !== current && event.target.matches(".pick")) pick(line, { focus: false }); // who comes by Tab
});
document.querySelector(".text-column").addEventListener("dblclick", (event) => event.target.matches(".keep") || edit(event.target.closest(".line")));
document.querySelector(".dock").addEventListener("mousedown", (event) => event.target.dataset.act === "split" && event.preventDefault());
document.querySelector(".dock").addEventListener("click", (event) => deeds[event.target.dataset.act]?.());
document.getElementById("play").addEventListener("click", toggle);
addEventListener("beforeunload", (event) => {
  if (editing && squash(editing.area.value) !== squash(editing.sent)) store(editing), event.preventDefault();
});
