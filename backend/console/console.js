// Keeps the strip of lanes up to date; a call that was not there before sounds, and stands in the title.
"use strict";

(() => {
  const EVERY_MS = 2000;
  const PATIENCE_MS = 5000;
  const KEPT = "checkstand-calls";
  const strip = document.getElementById("lanes-now");
  const status = document.getElementById("lanes-status");
  const silenced = document.getElementById("sound");
  const title = document.title;
  let audio = null;
  let heardAt = new Date();

  const clock = (moment) => moment.toTimeString().slice(0, 5);

  function tone(at, hertz) {
    const oscillator = audio.createOscillator();
    const volume = audio.createGain();
    oscillator.frequency.value = hertz;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.3, at + 0.01);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.2);
    oscillator.connect(volume).connect(audio.destination);
    oscillator.start(at);
    oscillator.stop(at + 0.22);
  }

  function beep() {
    if (audio.state === "running") {
      tone(audio.currentTime, 880);
      tone(audio.currentTime + 0.22, 1175);
    }
  }

  // A browser lets a page sound only once somebody has touched it; until then the page says that it is mute.
  function listen() {
    audio = new AudioContext();
    const tell = () => { silenced.hidden = audio.state === "running"; };
    audio.addEventListener("statechange", tell);
    tell();
    silenced.addEventListener("click", () => audio.resume().then(beep));
    document.addEventListener("pointerdown", () => audio.resume(), { once: true });
    document.addEventListener("keydown", () => audio.resume(), { once: true });
  }

  function look() {
    const cards = [...strip.querySelectorAll("[data-call]")];
    const before = JSON.parse(sessionStorage.getItem(KEPT) || "[]");
    const calls = cards.map((card) => card.dataset.call);
    const fresh = cards.filter((card) => !before.includes(card.dataset.call));
    sessionStorage.setItem(KEPT, JSON.stringify(calls));
    document.title = cards.length ? `(${cards.length}) ${cards[0].dataset.words} · ${title}` : title;
    if (fresh.length) {
      status.textContent = fresh.map((card) => card.dataset.words).join(". ");
      beep();
    }
  }

  function lost(error) {
    strip.classList.add("lost");
    status.textContent = `The backend does not answer. The lanes are unknown since ${clock(heardAt)}.`;
    document.title = `Lanes unknown · ${title}`;
    console.warn(error);
  }

  async function refresh() {
    try {
      const answer = await fetch("/lanes/now", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      strip.innerHTML = await answer.text();
      if (strip.classList.contains("lost")) {
        strip.classList.remove("lost");
        status.textContent = "";
      }
      heardAt = new Date();
      look();
    } catch (error) {
      lost(error);
    }
    setTimeout(refresh, EVERY_MS);
  }

  listen();
  refresh();
})();
