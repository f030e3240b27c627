/* The form of a fiche as one types: what the comité still expects, the name of a partenaire, the bar
   of the plan. The server says the same without this script. */
"use strict";
(() => {
  const etroit = window.matchMedia("(max-width: 77.99em)");
  const sommaire = document.querySelector(".fiche-sommaire");
  if (etroit.matches) sommaire?.removeAttribute("open");

  /* A partenaire that is chosen names the financeur, until somebody writes another name. */
  document.addEventListener("change", ({ target }) => {
    if (!target.matches("#financements-group select[name$=-partenaire]")) return;
    const nom = target.closest("tr").querySelector("input[name$=-financeur]");
    if (!nom || (nom.value.trim() && nom.value !== target.dataset.nomme)) return;
    nom.value = target.value ? target.selectedOptions[0].text : "";
    target.dataset.nomme = nom.value;
    nom.dispatchEvent(new Event("input", { bubbles: true }));
  });

  /* One list is open at a time, and Escape closes it. */
  document.addEventListener("keydown", (e) => {
    const ouvert = e.key === "Escape" && e.target.closest?.(".fiche-barre__autres[open]");
    if (!ouvert) return;
    ouvert.removeAttribute("open");
    ouvert.querySelector("summary").focus();
  });
  document.addEventListener("click", ({ target }) => {
    const ouvert = document.querySelector(".fiche-barre__autres[open]");
    if (ouvert && !ouvert.contains(target)) ouvert.removeAttribute("open");
  });
})();
