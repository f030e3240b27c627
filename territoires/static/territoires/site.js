/* Light comforts of every public page; each has its plain way without them. Read in the head, so
   that a theme that was chosen is there before the first paint. */
"use strict";

const racine = document.documentElement;
racine.classList.add("script");
// The name under which the State's design system keeps it: one choice for the whole site.
const GARDE = "scheme";

function lireTheme() {
  try { return localStorage.getItem(GARDE) || "system"; } catch { return "system"; }
}

function poserTheme(theme) {
  if (theme === "system") racine.removeAttribute("data-fr-theme");
  else racine.setAttribute("data-fr-theme", theme);
}

poserTheme(lireTheme());

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-affichage]").forEach(affichage);
  document.querySelectorAll("[data-burger]").forEach(burger);
  document.querySelectorAll("[data-copier]").forEach(copie);
  replier();
});

function affichage(choix) {
  choix.hidden = false;
  choix.querySelectorAll("input").forEach((bouton) => {
    bouton.checked = bouton.value === lireTheme();
    bouton.addEventListener("change", () => {
      try { localStorage.setItem(GARDE, bouton.value); } catch { /* chosen for this page alone */ }
      poserTheme(bouton.value);
    });
  });
}

// The link to the menu becomes a button that says whether the menu is open.
function burger(lien) {
  const panneau = document.getElementById(lien.dataset.burger);
  const bouton = document.createElement("button");
  bouton.type = "button";
  bouton.className = lien.className;
  bouton.textContent = lien.textContent;
  bouton.title = lien.title;
  bouton.setAttribute("aria-controls", panneau.id);
  const poser = (ouvert) => {
    panneau.classList.toggle("ouvert", ouvert);
    bouton.setAttribute("aria-expanded", String(ouvert));
    bouton.classList.toggle("fr-icon-close-line", ouvert);
    bouton.classList.toggle("fr-icon-menu-fill", !ouvert);
  };
  poser(false);
  bouton.addEventListener("click", () => poser(!panneau.classList.contains("ouvert")));
  panneau.addEventListener("keydown", (e) => {
    if (e.key !== "Escape" || panneau.querySelector("details[open]")) return;
    poser(false);
    bouton.focus();
  });
  lien.replaceWith(bouton);
}

// A menu closes by Escape, by a click elsewhere, and when one has left it.
function replier() {
  const menus = [...document.querySelectorAll(".menu details, .affichage")];
  const sauf = (cible) => menus.forEach((menu) => { if (!menu.contains(cible)) menu.open = false; });
  document.addEventListener("click", (e) => sauf(e.target));
  document.addEventListener("focusin", (e) => sauf(e.target));
  document.addEventListener("keydown", (e) => {
    const ouvert = e.key === "Escape" && menus.find((menu) => menu.open);
    if (!ouvert) return;
    ouvert.open = false;
    ouvert.querySelector("summary").focus();
    e.stopPropagation();
  });
}

function copie(lien) {
  if (!navigator.clipboard) return;
  const dit = lien.closest("aside").querySelector("[data-copie]");
  lien.textContent = "Copier l’adresse";
  lien.addEventListener("click", (e) => {
    e.preventDefault();
    navigator.clipboard.writeText(lien.dataset.copier).then(() => { dit.textContent = "Adresse copiée."; });
  });
}
