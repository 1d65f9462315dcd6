"use strict";
(() => {
  const find = (id) => document.getElementById(id);
  const list = find("cards"), cards = [...list.querySelectorAll("details.card")];
  if (!cards.length) return;
  const search = find("search"), target = find("target"), sort = find("sort"), open = find("open"), shown = find("shown");
  const number = (card, key) => Number(card.dataset[key]);
  const orders = {
    wave: (a, b) => number(a, "wave") - number(b, "wave"),
    name: () => 0,
    before: (a, b) => number(b, "before") - number(a, "before"),
    after: (a, b) => number(b, "after") - number(a, "after"),
    points: (a, b) => number(b, "points") - number(a, "points"),
  };
  const byName = (a, b) => (a.dataset.name < b.dataset.name ? -1 : a.dataset.name > b.dataset.name ? 1 : 0);
  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const card of cards) {
      const fits = (!target.value || card.dataset.target === target.value) && words.every((word) => card.dataset.text.includes(word));
      card.hidden = !fits;
      count += fits;
    }
    shown.textContent = `${count} of ${cards.length}`;
  };
  const order = () => {
    const sorted = [...cards].sort((a, b) => orders[sort.value](a, b) || byName(a, b));
    list.append(...sorted);
  };
  const reveal = () => {
    const card = document.getElementById(decodeURIComponent(location.hash.slice(1))) || document.getElementById(location.hash.slice(1));
    if (card instanceof HTMLDetailsElement) { card.hidden = false; card.open = true; card.scrollIntoView(); }
  };
  search.addEventListener("input", filter);
  target.addEventListener("change", filter);
  sort.addEventListener("change", order);
  open.addEventListener("click", () => {
    const close = open.textContent === "Close all";
    for (const card of cards) if (!card.hidden) card.open = !close;
    open.textContent = close ? "Open all" : "Close all";
  });
  find("controls").addEventListener("submit", (event) => event.preventDefault());
  addEventListener("beforeprint", () => { for (const card of cards) card.open = true; });
  addEventListener("hashchange", reveal);
  find("controls").hidden = false;
  filter();
  if (location.hash) reveal();
})();
