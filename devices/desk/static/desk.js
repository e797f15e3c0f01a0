"use strict";

const byId = (id) => document.getElementById(id);
const make = (tag, name, text) => {
  const found = document.createElement(tag);
  if (name) found.className = name;
  if (text !== undefined) found.textContent = text;
  return found;
};
const ICONS = { ok: "M5 13l4 4L19 7", warn: "M12 4 3 20h18z M12 10v4 M12 17v.5", off: "M9 6v12 M15 6v12" };
const GROUNDS = ["#fff3c9", "#e6f0f8", "#fde3e0", "#e8f3ee", "#f3e6d8", "#eee6f5"];
const state = { products: [], category: "", last: "", pin: "", sign: "", view: null, own: "" };

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name] ?? ICONS.warn);
  svg.append(path);
  return svg;
}

function say(sentence) {
  state.own = sentence;
  showNotice();
}

function showNotice() {
  const sentence = state.own || state.view?.notice || "";
  byId("notice").textContent = sentence;
  byId("notice").hidden = !sentence;
}

async function act(name, code) {
  try {
    const answer = await fetch("/act", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Device-Desk": "1" },
      body: JSON.stringify({ act: name, code }),
    });
    say(answer.ok ? "" : (await answer.json()).sentence);
  } catch {
    say("The desk itself is away; start it again and this page goes on by itself.");
  }
}

function scan(code) {
  state.last = code;
  markFresh();
  return act("scanner.scan", code);
}

function markFresh() {
  for (const tile of byId("tiles").children) tile.classList.toggle("fresh", tile.dataset.code === state.last);
  for (const button of document.querySelectorAll("[data-code][data-act]")) button.disabled = !state.last;
}

function drawBars(modules) {
  const canvas = make("canvas");
  canvas.width = modules.length;
  canvas.height = 1;
  const pen = canvas.getContext("2d");
  [...modules].forEach((bar, at) => bar === "1" && pen.fillRect(at, 0, 1, 1));
  return canvas;
}

function tileFor(product) {
  const tile = make("button", "tile");
  tile.dataset.code = product.code;
  tile.title = `${product.name}\n${product.code}`;
  let picture;
  if (product.picture) {
    picture = make("img", "picture");
    picture.src = `/picture/${encodeURIComponent(product.picture)}`;
    picture.alt = "";
    picture.loading = "lazy";
  } else {
    picture = make("span", "picture", product.name.slice(0, 1).toUpperCase());
    picture.style.color = "#131a17";
  }
  picture.style.background = GROUNDS[Number(product.code.slice(-3)) % GROUNDS.length];
  tile.append(picture, make("span", "name", product.name), make("span", "note", product.note || product.code));
  if (product.bars) tile.append(drawBars(product.bars));
  tile.addEventListener("click", () => scan(product.code));
  return tile;
}

function fold(text) {
  return text.toLocaleLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
}

function wanted() {
  const words = fold(byId("query").value).split(/\s+/).filter(Boolean);
  return state.products.filter((product) => {
    const text = `${fold(product.name)} ${product.code}`;
    return (!state.category || product.category === state.category) && words.every((word) => text.includes(word));
  });
}

function fillShelf() {
  const shown = wanted().slice(0, 200);
  byId("tiles").replaceChildren(...shown.map(tileFor));
  if (!shown.length) {
    const text = state.products.length ? "Nothing on the shelf is called that. Enter scans what you typed." : "The shelf is empty: start the desk with --shelf FILE.csv, or type a code above.";
    byId("tiles").append(make("p", "empty", text));
  }
  markFresh();
}

function fillCategories(categories) {
  const buttons = ["", ...categories].map((category) => {
    const button = make("button", "", category || "All");
    button.setAttribute("aria-pressed", String(category === state.category));
    button.addEventListener("click", () => {
      state.category = category;
      fillCategories(categories);
      fillShelf();
    });
    return button;
  });
  byId("categories").replaceChildren(...buttons);
  byId("categories").hidden = !categories.length;
}

function fillKeys() {
  const keys = [..."123456789", "✕", "0", "OK"].map((name) => {
    const button = make("button", name === "OK" ? "ok" : name === "✕" ? "no" : "", name);
    if (name === "✕") button.setAttribute("aria-label", "Cancel");
    button.addEventListener("click", () => press(name));
    return button;
  });
  byId("keys").replaceChildren(...keys);
}

function press(name) {
  if (name === "OK" || name === "✕") {
    state.pin = "";
    act(name === "OK" ? "terminal.approve" : "terminal.cancel");
  } else if (state.view?.terminal.display === "enter_pin" && state.pin.length < 6) {
    state.pin += name;
  }
  byId("display-pin").textContent = "•".repeat(state.pin.length);
}

function toggle(id, isOn, on, off) {
  const [word, name] = isOn ? on : off;
  byId(id).textContent = word;
  byId(id).dataset.act = name;
  byId(id).classList.toggle("on", isOn);
}

function showAway(name, part) {
  byId(`${name}-away`).textContent = part.away;
  byId(`${name}-away`).hidden = !part.away;
  byId(`${name}-line`).textContent = part.away ? "away" : part.line;
}

function showTerminal(terminal) {
  byId("terminal").classList.toggle("dark", terminal.power === "off");
  byId("display-title").textContent = terminal.display === "idle" && terminal.outcome ? terminal.outcome : terminal.title;
  byId("display-amount").textContent = terminal.amount ? state.sign + terminal.amount : "";
  if (terminal.display !== "enter_pin") state.pin = "";
  byId("display-pin").textContent = "•".repeat(state.pin.length);
  toggle("terminal-cable", terminal.cable === "pulled", ["Plug the cable in", "terminal.plug_cable"], ["Pull the cable now", "terminal.pull_cable"]);
}

function showPrinter(printer) {
  toggle("printer-paper", printer.paper === "end", ["Put paper in", "printer.paper_in"], ["Out of paper", "printer.paper_out"]);
  toggle("printer-cover", printer.cover === "open", ["Close cover", "printer.cover_close"], ["Open cover", "printer.cover_open"]);
  toggle("printer-near", printer.paper === "near_end", ["New roll", "printer.paper_in"], ["Near end", "printer.near_end"]);
  toggle("printer-power", printer.power === "off", ["Power on", "printer.power_on"], ["Power off", "printer.power_off"]);
  byId("drawer").hidden = printer.drawer !== "open";
  byId("printer-drawer").disabled = printer.drawer !== "open";
  const stage = document.querySelector(".stage.printer");
  stage.classList.toggle("open", printer.cover === "open");
  stage.classList.toggle("off", printer.power === "off");
  showPaper(printer.image, printer.printing);
}

function showPaper(image, printing) {
  const paper = byId("paper");
  const src = image ? `/paper/${image}` : "";
  if (paper.dataset.src === src) return;
  paper.dataset.src = src;
  byId("no-paper").hidden = Boolean(src);
  paper.hidden = !src;
  if (!src) return;
  const next = new Image();
  next.onload = () => {
    if (paper.dataset.src !== src) return;
    paper.src = next.src;
    const way = paper.parentElement;
    way.classList.remove("fresh");
    void way.offsetWidth;
    way.classList.toggle("fresh", !printing);
    way.scrollTop = printing ? way.scrollHeight : 0;
  };
  next.src = src;
}

function showDaemons(daemons) {
  if (!daemons.length) return;
  const lines = daemons.map((daemon) => {
    const line = make("div", `daemon ${daemon.level}`);
    const name = make("strong");
    name.append(icon(daemon.level), daemon.name);
    line.title = `${daemon.name}: ${daemon.text}`;
    line.append(name, make("span", "", daemon.text));
    return line;
  });
  byId("daemons").replaceChildren(...lines);
}

function show(view) {
  state.view = view;
  for (const name of ["scanner", "terminal", "printer"]) showAway(name, view[name]);
  toggle("scanner-plug", !view.scanner.plugged, ["Plug in", "scanner.plug"], ["Unplug", "scanner.unplug"]);
  showTerminal(view.terminal);
  showPrinter(view.printer);
  showDaemons(view.daemons);
  showNotice();
}

async function takeFive() {
  const left = [...(wanted().length ? wanted() : state.products)];
  for (let count = 0; count < 5 && left.length; count += 1) {
    const [product] = left.splice(Math.floor(Math.random() * left.length), 1);
    await scan(product.code);
    await new Promise((done) => setTimeout(done, 700));
  }
}

function listen() {
  const events = new EventSource("/events");
  events.onmessage = (message) => {
    if (state.own.startsWith("The desk itself")) say("");
    show(JSON.parse(message.data));
  };
  events.onerror = () => say("The desk itself is away; start it again and this page goes on by itself.");
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-act]");
  if (button) act(button.dataset.act, state.last || undefined);
});
byId("some").addEventListener("click", takeFive);
byId("query").addEventListener("input", fillShelf);
byId("find").addEventListener("submit", (event) => {
  event.preventDefault();
  const found = wanted();
  const typed = byId("query").value.trim();
  if (found.length === 1) scan(found[0].code);
  else if (typed && !found.length) scan(typed);
});
fillKeys();
fillCategories([]);
fetch("/shelf").then((answer) => answer.json()).then((shelf) => {
  state.products = shelf.products;
  state.sign = shelf.sign;
  if (state.view) showTerminal(state.view.terminal);
  fillCategories(shelf.categories);
  fillShelf();
});
listen();
