// The search fields that select2 draws have no name of their own: they take that of their list.
"use strict";

function nomDe(liste) {
  const titre = liste.labels[0] || document.querySelector(`th.column-${liste.name.split("-").pop()}`);
  return titre ? titre.textContent.replace(/\s*:\s*$/u, "").trim() : "Rechercher";
}

function nommer() {
  for (const liste of document.querySelectorAll("select.admin-autocomplete[multiple]")) {
    liste.nextElementSibling
      ?.querySelector(".select2-search__field")
      ?.setAttribute("aria-label", nomDe(liste));
  }
}

// Once jQuery has run what waited for the page.
window.addEventListener("load", () => setTimeout(nommer));
document.addEventListener("formset:added", () => setTimeout(nommer));
document.addEventListener("focusin", ({ target }) => {
  if (target.matches(".select2-search__field:not([aria-label])")) {
    target.setAttribute("aria-label", "Rechercher");
  }
});
