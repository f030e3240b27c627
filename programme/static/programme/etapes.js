/* Steps moved by buttons, from the keyboard too, or by their handle; their ranks, which are what is
   saved, follow. Without this script one writes the ranks. */
"use strict";
(() => {
  const groupe = document.getElementById("etapes-group");
  const corps = groupe?.querySelector("tbody");
  if (!corps?.querySelector("input[name$=-ordre]")) return;
  const dit = Object.assign(document.createElement("p"), { className: "fr-sr-only" });
  dit.setAttribute("role", "status");
  groupe.append(dit);

  const champ = (ligne, nom) => ligne.querySelector(`input[name$=-${nom}]`);
  const titre = (ligne) => champ(ligne, "intitule").value.trim();
  const comptent = () => [...corps.querySelectorAll("tr.form-row:not(.empty-form)")].filter((l) => titre(l) && !champ(l, "DELETE")?.checked);

  const bouton = (sens, signe) => {
    const b = Object.assign(document.createElement("button"), { type: "button", textContent: signe });
    b.dataset.sens = sens;
    return b;
  };
  const equiper = (ligne) => {
    const ordre = champ(ligne, "ordre");
    if (!ordre || ligne.querySelector(".etape-gestes")) return;
    const boite = Object.assign(document.createElement("span"), { className: "etape-gestes" });
    const poignee = Object.assign(document.createElement("span"), { className: "etape-poignee", textContent: "⠿", draggable: true });
    poignee.setAttribute("aria-hidden", "true");
    ordre.after(boite);
    boite.append(poignee, bouton("monter", "↑"), bouton("descendre", "↓"));
  };
  /* Each button says which step it moves, and whether it can. */
  const nommer = () => {
    const lignes = comptent();
    for (const ligne of corps.querySelectorAll("tr.form-row")) {
      const rang = lignes.indexOf(ligne);
      for (const b of ligne.querySelectorAll(".etape-gestes button")) {
        const monte = b.dataset.sens === "monter";
        const bloque = rang < 0 || rang === (monte ? 0 : lignes.length - 1);
        b.setAttribute("aria-label", `${monte ? "Monter" : "Descendre"} ${titre(ligne) ? `l’étape «\u202f${titre(ligne)}\u202f»` : "cette étape"}`);
        b.setAttribute("aria-disabled", String(bloque));
      }
    }
  };
  const renumeroter = (ligne) => {
    const lignes = comptent();
    lignes.forEach((l, rang) => {
      champ(l, "ordre").value = rang + 1;
      champ(l, "ordre").dispatchEvent(new Event("change", { bubbles: true }));
    });
    nommer();
    dit.textContent = `Étape «\u202f${titre(ligne)}\u202f»\u202f: rang ${lignes.indexOf(ligne) + 1} sur ${lignes.length}.`;
  };

  corps.addEventListener("click", ({ target }) => {
    const b = target.closest(".etape-gestes button");
    if (!b || b.getAttribute("aria-disabled") === "true") return;
    const ligne = b.closest("tr");
    const lignes = comptent();
    const voisine = lignes[lignes.indexOf(ligne) + (b.dataset.sens === "monter" ? -1 : 1)];
    b.dataset.sens === "monter" ? voisine.before(ligne) : voisine.after(ligne);
    renumeroter(ligne);
    b.focus();
  });

  let tiree = null;
  corps.addEventListener("dragstart", (e) => {
    if (!e.target.classList?.contains("etape-poignee")) return;
    tiree = e.target.closest("tr");
    if (!titre(tiree)) { e.preventDefault(); tiree = null; return; }
    tiree.classList.add("etape-tiree");
    e.dataTransfer.effectAllowed = "move";
    e.dataTransfer.setDragImage(tiree, 0, 0);
  });
  corps.addEventListener("dragover", (e) => {
    const sous = tiree && e.target.closest("tr.form-row");
    if (!sous || !titre(sous)) return;
    e.preventDefault();
    if (sous === tiree) return;
    const { top, height } = sous.getBoundingClientRect();
    e.clientY < top + height / 2 ? sous.before(tiree) : sous.after(tiree);
  });
  corps.addEventListener("drop", (e) => { if (tiree) e.preventDefault(); });
  corps.addEventListener("dragend", () => {
    if (!tiree) return;
    tiree.classList.remove("etape-tiree");
    renumeroter(tiree);
    tiree = null;
  });

  corps.querySelectorAll("tr.form-row").forEach(equiper);
  nommer();
  groupe.addEventListener("input", nommer);
  document.addEventListener("formset:added", (e) => { if (corps.contains(e.target)) { equiper(e.target); nommer(); } });
  document.addEventListener("formset:removed", nommer);
})();
