/* Over the stock script: rows are ticked, counted, and all of all pages taken by real buttons. */
"use strict";
(() => {
  const commencer = () => {
    const cases = [...document.querySelectorAll("tr input.action-select")];
    const toutes = document.getElementById("action-toggle");
    if (!cases.length || !toutes) return;
    const trouver = (nom) => document.querySelectorAll(`.actions ${nom}`);
    const montrer = (nom, oui) => trouver(nom).forEach((e) => e.classList.toggle("hidden", !oui));
    let derniere = null;

    const partout = (oui) => {
      trouver("input.select-across").forEach((e) => { e.value = oui ? 1 : 0; });
      montrer(".clear", oui);
      montrer(".all", oui);
      montrer(".action-counter", !oui);
    };
    const compter = () => {
      const choisies = cases.filter((c) => c.checked).length;
      for (const compteur of trouver(".action-counter")) {
        const dit = interpolate(ngettext("%(sel)s of %(cnt)s selected", "%(sel)s of %(cnt)s selected", choisies), { sel: choisies, cnt: Number(compteur.dataset.actionsIcnt) }, true);
        if (compteur.textContent.trim() !== dit) compteur.textContent = dit;
      }
      for (const c of cases) c.closest("tr").classList.toggle("selected", c.checked);
      toutes.checked = choisies === cases.length;
      partout(false);
      montrer(".question", toutes.checked);
    };

    toutes.addEventListener("click", () => {
      for (const c of cases) c.checked = toutes.checked;
      compter();
    });
    for (const c of cases) {
      c.addEventListener("click", ({ shiftKey }) => {
        const [de, a] = [cases.indexOf(derniere), cases.indexOf(c)].sort((x, y) => x - y);
        if (shiftKey && de >= 0) for (const entre of cases.slice(de, a + 1)) entre.checked = c.checked;
        derniere = c;
        compter();
      });
      c.addEventListener("change", compter);
    }
    for (const bouton of trouver(".question button")) {
      bouton.addEventListener("click", () => {
        partout(true);
        montrer(".question", false);
        trouver(".clear button")[0]?.focus();
      });
    }
    for (const bouton of trouver(".clear button")) {
      bouton.addEventListener("click", () => {
        for (const c of cases) c.checked = false;
        compter();
        toutes.focus();
      });
    }
    window.addEventListener("pageshow", compter);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", commencer);
  else commencer();
})();
