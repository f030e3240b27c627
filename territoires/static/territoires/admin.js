// What the scripts of the admin draw is named for who only hears it.
"use strict";

function toutNommer() {
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
