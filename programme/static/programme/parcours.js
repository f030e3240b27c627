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

  /* A part of which nothing is expected says whether something stands in it. */
  const dit = (champ) => !champ.disabled && champ.type !== "hidden" && !/-(ordre|le|statut|publique|DELETE)$|__prefix__/.test(champ.name) && (champ.type === "checkbox" || champ.type === "radio" ? champ.checked : champ.value.trim());
  const remplir = (cible) => {
    const partie = cible.closest(".fiche-partie, .inline-group");
    const ligne = partie && document.querySelector(`.fiche-sommaire li:not([data-attendus]) a[href="#${partie.id}"]`)?.parentElement;
    if (!ligne || ligne.className === "fiche-sommaire__erreur") return;
    const lignes = partie.matches(".inline-group") ? [...partie.querySelectorAll(".form-row.has_original, .inline-related.has_original, tr.form-row:not(.empty-form), .inline-related:not(.empty-form):not(.tabular)")] : null;
    const pleines = lignes ? [...new Set(lignes)].filter((une) => une.matches(".has_original") || [...une.querySelectorAll("input, select, textarea")].some(dit)).length : [...partie.querySelectorAll("input, select, textarea")].some(dit);
    ligne.className = `fiche-sommaire__${pleines ? "complete" : "vide"}`;
    ligne.querySelector(".fiche-sommaire__phrase").textContent = lignes ? (pleines ? `${pleines} ligne${pleines > 1 ? "s" : ""}` : "Vide") : pleines ? "Rempli" : "Facultatif";
  };

  /* What is still expected, as one types: in the bar and beside each part. */
  const vide = (nom) => !document.getElementById(`id_${nom}`)?.value.trim();
  const libelle = (nom) => {
    const texte = document.querySelector(`label[for=id_${nom}]`).firstChild.textContent.trim();
    return texte[0].toLowerCase() + texte.slice(1);
  };
  const attendre = () => {
    const tous = [];
    for (const partie of document.querySelectorAll(".fiche-sommaire [data-attendus]")) {
      const manques = partie.dataset.attendus.split(" ").filter(vide);
      tous.push(...manques);
      if (partie.className === "fiche-sommaire__erreur") continue;
      partie.className = `fiche-sommaire__${manques.length ? "manque" : "complete"}`;
      partie.querySelector(".fiche-sommaire__phrase").textContent = manques.length ? `Il manque\u202f: ${manques.map(libelle).join(", ")}` : "Complet";
    }
    const lien = document.querySelector(".fiche-barre [data-manques]");
    if (!lien) return;
    lien.textContent = tous.length ? `il manque ${tous.length} rubrique${tous.length > 1 ? "s" : ""}, à commencer par « ${libelle(tous[0])} »` : "tout est rempli\u202f: enregistrez";
    if (tous.length) lien.href = `#id_${tous[0]}`;
    else lien.removeAttribute("href");
  };
  for (const genre of ["input", "change"]) {
    document.addEventListener(genre, ({ target }) => { 
      if (target.form?.id !== "ficheaction_form") return;
      attendre();
      remplir(target);
    });
  }

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
