// What select2 draws has no name of its own: it takes that of the list it stands for.
"use strict";

function titreDe(liste) {
  const titre =
    liste.labels[0] || liste.closest("table")?.querySelector(`th.column-${liste.name.split("-").pop()}`);
  if (titre && !titre.id) titre.id = `titre-${liste.id}`;
  return titre;
}

function nommer(liste) {
  const titre = titreDe(liste);
  const dessin = liste.nextElementSibling;
  if (!titre || !dessin?.matches(".select2")) return;
  dessin.querySelector(".select2-search__field")?.setAttribute("aria-labelledby", titre.id);
  const choix = dessin.querySelector(".select2-selection--single");
  const valeur = choix?.querySelector(".select2-selection__rendered");
  valeur?.setAttribute("aria-labelledby", titre.id);
  choix?.setAttribute("aria-labelledby", `${titre.id} ${valeur.id}`);
  // A list holds list items alone; each choice has its own way to be taken out.
  dessin.querySelector("ul > .select2-selection__clear")?.remove();
}

function toutNommer() {
  document.querySelectorAll("select.admin-autocomplete").forEach(nommer);
  for (const vide of document.querySelectorAll(".inline-group th:empty")) {
    vide.innerHTML = '<span class="visually-hidden">Ligne</span>';
  }
  // A table that is only read scrolls too, and nothing in it takes the focus.
  for (const table of document.querySelectorAll(".inline-group .tabular")) {
    if (!table.querySelector("a, select, textarea, input:not([type=hidden])")) table.tabIndex = 0;
  }
}

// Once jQuery has run what waited for the page.
window.addEventListener("load", () => setTimeout(toutNommer));
document.addEventListener("formset:added", () => setTimeout(toutNommer));
document.addEventListener("focusin", ({ target }) => {
  if (target.matches(".select2-search__field:not([aria-labelledby])")) {
    target.setAttribute("aria-label", "Rechercher");
  }
});
